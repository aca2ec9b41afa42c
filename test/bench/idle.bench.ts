/** A host that does nothing: its processor time and its memory. Linux only, where /proc tells both. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { benchFolder, tell } from './measure.ts';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SECONDS = 20;
/** Clock ticks a second on every Linux that Node runs on (sysconf _SC_CLK_TCK). */
const TICKS = 100;

const env = { ...process.env, ROLLBOOK_HOME: benchFolder() };
const child = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
for await (const line of createInterface({ input: child.stdout })) if (line.includes('works once:')) break;

/** Fields 14 and 15 of /proc/PID/stat (proc(5)): ticks in user and kernel mode. */
function ticks(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

await wait(5_000);
const before = ticks();
await wait(SECONDS * 1_000);
const busy = ((ticks() - before) / TICKS / SECONDS) * 100;
const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
tell({ what: 'processor, idle', value: busy, unit: '%', budget: 0.5 });
tell({ what: 'memory, idle', value: rss, unit: 'MB', budget: 100 });
const gone = once(child, 'exit');
child.kill();
await gone;
