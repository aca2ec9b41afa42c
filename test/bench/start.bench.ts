/** Starting the host and the command line, compared with a Node process that does nothing; and painting the first screen. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchChromium } from '../../build/setup/chromium.mjs';
import { benchFolder, byTurns, median, tell, tellTimes, timed } from './measure.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const CLI = fromRoot('dist/cli/main.js');
const RUNBOOK = fromRoot('shared/runbooks/hotdash.md');
const NODE = 'starting Node alone';
const folder = benchFolder();
const env = { ...process.env, ROLLBOOK_HOME: folder };

const nothing = (): Promise<number> =>
  timed(() => once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'exit'));

const command = (...args: readonly string[]): Promise<number> =>
  timed(() => once(spawn(process.execPath, [CLI, ...args], { env, stdio: 'ignore' }), 'exit'));

/** Its address, and how to end it. */
async function serve(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /works once: (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error('The host ended before it said its address.');
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

async function ready(): Promise<number> {
  const began = performance.now();
  const { url, child } = await serve();
  await (await fetch(url)).text();
  const ms = performance.now() - began;
  await end(child);
  return ms;
}

await ready(); // The first one makes the store; every later one finds it.
tellTimes({ what: 'host ready', budget: 400, baseline: NODE }, await byTurns(9, ready, nothing));

const COMMANDS = [
  { what: 'rollbook --help', budget: 120, args: ['--help'] },
  { what: 'rollbook show', budget: 200, args: ['show', RUNBOOK] },
  { what: 'rollbook check --no-probe', budget: 250, args: ['check', '--no-probe', RUNBOOK] },
  { what: 'rollbook incidents', budget: 180, args: ['incidents'] },
];
for (const { args, ...row } of COMMANDS) {
  await command(...args);
  tellTimes({ ...row, baseline: NODE }, await byTurns(9, () => command(...args), nothing));
}

const browser = await launchChromium();
const { url, child } = await serve();
const context = await browser.newContext();
const first = await context.newPage();
await first.goto(url);
const home = new URL(first.url()).origin;
const painted: number[] = [];
for (let round = 0; round < 5; round += 1) {
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(home);
  await page.getByRole('main').first().waitFor();
  painted.push(performance.now() - began);
  await page.close();
}
tell({ what: 'home painted', value: median(painted), unit: 'ms', budget: 1_000 });
await browser.close();
await end(child);

const assets = fromRoot('dist/window/assets');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
tell({ what: 'page script, gzip', value: bytes / 1024, unit: 'KB', budget: 180 });
