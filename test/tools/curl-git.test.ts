/** The behavior of curl and git that Rollbook's rules rely on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { skippedFor } from '../fixtures/skipping.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';
import { missingTool, realTool, run } from './real-tool.ts';

const curl = realTool('curl');
const git = realTool('git');

describe('curl', skippedFor(missingTool('curl')), () => {
  let server: FakeServer;
  beforeEach(async () => {
    server = await fakeServer(({ path }) =>
      path === '/slow'
        ? { status: 200, body: 'late', waitMs: 10_000 }
        : { status: path === '/health' ? 200 : 500, body: path },
    );
  });
  afterEach(() => server.close());

  it('ends with 0 on an HTTP error, and with 22 when told to fail', async () => {
    expect((await run(curl ?? '', ['-sS', `${server.url}/broken`])).code).toBe(0);
    expect((await run(curl ?? '', ['-fsS', `${server.url}/broken`])).code).toBe(22);
    expect((await run(curl ?? '', ['-fsS', `${server.url}/health`])).code).toBe(0);
  });

  it('ends with 28 at its time limit', async () => {
    expect((await run(curl ?? '', ['-fsS', '--max-time', '1', `${server.url}/slow`])).code).toBe(28);
  });

  it('ends with 2 for a flag it does not have', async () => {
    expect((await run(curl ?? '', ['--timeout', '10', server.url])).code).toBe(2);
  });
});

describe('git', skippedFor(missingTool('git')), () => {
  it('ends with 1 for a command it does not have, and with 129 for a flag', async () => {
    expect((await run(git ?? '', ['undo'])).code).toBe(1);
    expect((await run(git ?? '', ['init', '--no-such-flag'])).code).toBe(129);
  });
});
