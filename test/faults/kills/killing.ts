/** Kills real processes: they kill themselves right after a commit, or are killed from outside at any moment. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Envelope } from '#shared/incident/event.ts';
import { COMPILE_CACHE } from '../../fixtures/process-environment.ts';
import { type Act, doErrand, type Errand } from '../dying/errand.ts';
import { copyOf, enter, environmentOf, newPlace, type Place, type Story } from './story.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/stories/dying-process.js', import.meta.url));

/** The state after a process was killed. */
export interface Killed {
  readonly story: Story;
  readonly place: Place;
  /** When it was killed, for messages. */
  readonly where: string;
  /** The events that were reported as stored. */
  readonly told: readonly Envelope[];
}

/** The state of the story between two acts. */
export interface Seed {
  readonly story: Story;
  readonly name: string;
  readonly place: Place;
  /** null: the incident is not begun yet. */
  readonly begun: boolean;
  /** The next acts of the story; `autopilot` if it plays everything. */
  readonly acts: readonly Act[] | 'autopilot';
  /** How long that takes, ms. */
  readonly lasts: number;
}

/** Plays the story in this process, and answers its state before each act. */
export async function seedsOf(story: Story, folder: string): Promise<readonly Seed[]> {
  const place = newPlace(join(folder, 'told'));
  const parts: readonly (readonly Act[] | 'autopilot')[] =
    story.acts === 'autopilot' ? ['autopilot'] : [[], ...story.acts.map((act) => [act])];
  const seeds: Seed[] = [];
  for (const [index, acts] of parts.entries()) {
    const name = `seed_${index}`;
    await story.keep?.(name);
    const kept = copyOf(place, join(folder, name));
    enter(place);
    const begun = index > 0;
    const began = Date.now();
    await doErrand(errandOf({ story, place, begun, acts }, null));
    seeds.push({ story, name, place: kept, begun, acts, lasts: Date.now() - began });
  }
  return seeds;
}

/** Whether the next acts include a change. */
export const changes = ({ acts }: Seed): boolean =>
  acts !== 'autopilot' && acts.some(({ intent }) => intent.kind === 'run-change');

const toldFile = ({ root }: Place): string => join(root, 'told.jsonl');

const errandOf = (
  { story, place, begun, acts }: Pick<Seed, 'story' | 'place' | 'begun' | 'acts'>,
  dieAt: number | null,
): Errand => ({
  folder: place.data,
  begin: begun ? null : story.begin,
  acts,
  time: story.time,
  told: toldFile(place),
  dieAt,
});

/** Continues from the seed in a process that kills itself after this commit; null if it ended before. */
export async function killedAfterCommit(seed: Seed, commit: number, root: string): Promise<Killed | null> {
  const place = await newTelling(seed, root);
  const ended = await run(place, errandOf({ ...seed, place }, commit), () => undefined);
  return ended === 'killed' ? left(seed, place, `${seed.name}, commit ${commit}`) : null;
}

/** The same, but killed from outside this many ms after its start. */
export async function killedAfterMs(seed: Seed, ms: number, root: string): Promise<Killed | null> {
  const place = await newTelling(seed, root);
  const ended = await run(place, errandOf({ ...seed, place }, null), (kill) => {
    const waiting = setTimeout(kill, ms);
    return () => clearTimeout(waiting);
  });
  return ended === 'killed' ? left(seed, place, `${seed.name}, after ${ms} ms`) : null;
}

async function newTelling(seed: Seed, root: string): Promise<Place> {
  await seed.story.putBack?.(seed.name);
  return copyOf(seed.place, root);
}

function left({ story }: Seed, place: Place, where: string): Killed {
  const lines = readIfThere(toldFile(place)).split('\n');
  // The kill may have cut off the last line.
  const told = lines.slice(0, -1).map((line) => JSON.parse(line) as Envelope);
  return { story, place, told, where: `${story.name}: ${where}` };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** `begun` is called when the process is about to begin; it answers what to do when that ended. */
async function run(
  place: Place,
  errand: Errand,
  begun: (kill: () => void) => (() => void) | undefined,
): Promise<'killed' | 'finished'> {
  const file = join(place.root, 'errand.json');
  writeFileSync(file, JSON.stringify(errand));
  const temporary = join(place.root, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [PROGRAM, file], {
    env: { ...process.env, ...environmentOf(place), NODE_COMPILE_CACHE: COMPILE_CACHE, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  let after: (() => void) | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdout.once('data', () => {
    after = begun(() => void child.kill('SIGKILL'));
  });
  // Not `close`: processes that it started may still hold its pipes.
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
  after?.();
  child.stdout.destroy();
  child.stderr.destroy();
  if (child.signalCode === 'SIGKILL') return 'killed';
  if (child.exitCode === 0) return 'finished';
  throw new Error(`The process ended by itself (${child.exitCode ?? child.signalCode}): ${said}`);
}
