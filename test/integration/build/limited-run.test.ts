import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitedRun } from '../../../build/checks/limited-run.mjs';

/** A process of the stage connects to it. The connection closes when that process ends. */
let server: Server;
beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => void server.close());

const stage = (code: string, after?: Parameters<typeof limitedRun>[1]) =>
  limitedRun(
    { file: process.execPath, args: ['-e', code], cwd: process.cwd(), env: process.env, limitMs: 60_000 },
    after,
  );

describe('a stage of npm test', () => {
  it('ends with its exit code', async () => {
    expect(await stage('process.exit(5)')).toEqual({ code: 5, timedOut: false });
  });

  it('is ended when it hangs, and so is what it started', async () => {
    const { port } = server.address() as AddressInfo;
    const grandchild = `require('node:net').connect(${port}, '127.0.0.1')`;
    const code = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]);
      setInterval(() => {}, 1000);`;
    let timeIsUp = (): void => undefined;
    const running = stage(code, (stop, ms) => {
      timeIsUp = stop;
      return setTimeout(stop, ms);
    });
    const [socket] = (await once(server, 'connection')) as [Socket];
    const gone = once(socket.resume(), 'close');
    timeIsUp();
    expect(await running).toEqual({ code: 1, timedOut: true });
    await gone;
  });

  it('fails when it cannot be started', async () => {
    const result = await limitedRun({ file: '/nowhere/at-all', args: [], cwd: '/', env: {}, limitMs: 60_000 });
    expect(result).toEqual({ code: 1, timedOut: false });
  });
});
