/** Kills a story many times, and writes a row of the table of faults. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../../fixtures/fault-table.ts';
import { changes, type Killed, killedAfterCommit, killedAfterMs, type Seed } from './killing.ts';
import { takeUp } from './taking-up.ts';

/** How many are killed at a time. A story that uses a database has only one, so it is killed once at a time. */
const atATime = ({ story }: Seed): number => (story.keep === undefined ? 3 : 1);

/**
 * Kills after every commit of the next acts from each seed. `tried`: whether afterwards each offered act is tried, or only
 * one, a different one each time. Answers the number of kills.
 */
export async function killAfterEveryCommit(
  fault: string,
  seeds: readonly Seed[],
  folder: string,
  tried: (seed: Seed) => 'each' | 'one',
): Promise<number> {
  const tally = new Tally(fault);
  for (const seed of seeds) {
    for (let commit = 1, more = true; more; commit += atATime(seed)) {
      const roots = Array.from({ length: atATime(seed) }, (_, place) => join(folder, `kill-${commit + place}`));
      const killed = await Promise.all(roots.map((root, place) => killedAfterCommit(seed, commit + place, root)));
      more = killed.every((each) => each !== null);
      for (const each of killed)
        if (each !== null) await count(tally, each, tried(seed) === 'each' ? 'each' : tally.times);
      forget(folder, roots);
    }
  }
  tally.judge();
  return tally.times;
}

/** Where something may have been changed, each offered act is tried. */
export const eachAfterChange = (seed: Seed): 'each' | 'one' => (changes(seed) ? 'each' : 'one');

/** Kills `times` times at random moments of a story's acts. */
export async function killAtRandom(
  fault: string,
  seeds: readonly Seed[],
  folder: string,
  often: number,
): Promise<void> {
  const tally = new Tally(fault);
  while (tally.times < often) {
    const roots = Array.from({ length: Math.min(3, often - tally.times) }, (_, place) => join(folder, `kill-${place}`));
    const killed = await Promise.all(roots.map((root) => atRandom(seeds, root)));
    for (const each of killed) if (each !== null) await count(tally, each, tally.times);
    forget(folder, roots);
  }
  tally.judge();
}

async function count(tally: Tally, killed: Killed, act: number | 'each'): Promise<void> {
  tally.times += 1;
  const { lost, wrong } = await takeUp(killed, act);
  tally.lost.push(...lost);
  tally.wrong.push(...wrong);
}

function atRandom(seeds: readonly Seed[], root: string): Promise<Killed | null> {
  const seed = seeds[Math.floor(Math.random() * seeds.length)];
  if (seed === undefined) throw new Error('there is nothing to kill');
  return killedAfterMs(seed, Math.round(Math.random() * seed.lasts), root);
}

/** Processes that are still ending may write to it. */
function forget(folder: string, roots: readonly string[]): void {
  const copies = Array.from({ length: 30 }, (_, index) => join(folder, `act-${index}`));
  for (const root of [...roots, ...copies]) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}
