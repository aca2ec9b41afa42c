/** Starting the loopback host until its address answers, compared with a Node process that does nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { byTurns, tell, timed } from './measure.ts';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rollbook-bench-'));

async function serve(): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: { ...process.env, ROLLBOOK_HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const ms = await timed(async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /works once: (\S+)/.exec(line)?.[1];
      if (address === undefined) continue;
      await (await fetch(address)).text();
      return;
    }
  });
  child.kill();
  await gone;
  return ms;
}

const nothing = (): Promise<number> =>
  timed(() => once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'exit'));

await serve(); // The first one makes the store; every later one finds it.
const times = await byTurns(7, serve, nothing);
tell({ what: 'cold start of the loopback host', baseline: 'starting Node alone', ...times });
rmSync(folder, { recursive: true, force: true });
