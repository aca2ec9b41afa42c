/**
 * The simulated fly prints what the real flyctl v0.4.87 printed in the same situation (test/fixtures/flyctl): all recordings,
 * byte for byte, but for what normalize.ts leaves out. It also pauses where flyctl did.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Stream } from '#core/ports.ts';
import { fly } from '#core/platforms/fly/simulator/fly.ts';
import { createCloud, memoryCloud } from '#core/simulator/simulated-cloud.ts';
import { Interrupted, Killed } from '#core/simulator/tool-call.ts';
import { steppingClock } from '../../../../tools/virtual-time.ts';
import { normalize } from './normalize.ts';
import { isRefused, NOT_COVERED, reasonFor } from './not-covered.ts';
import { SHOP_API, STATES } from './shop-api.ts';

const FOLDER = new URL('../../../../fixtures/flyctl/', import.meta.url);

interface Chunk {
  readonly ms: number;
  readonly stream: Stream;
  readonly text: string;
}

interface Recording {
  readonly argv: readonly string[];
  readonly setEnv?: Readonly<Record<string, string>>;
  readonly unsetEnv?: readonly string[];
  readonly exitCode?: number | null;
  readonly endedBySignal?: string;
  readonly signalSent?: { readonly signal: string; readonly atMs: number };
  readonly durationMs: number;
  readonly chunks?: readonly Chunk[];
}

const README = readFileSync(new URL('../../../README.md', FOLDER), 'utf8');

const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

const read = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Recording;

interface Ran {
  readonly end: string;
  readonly chunks: readonly Chunk[];
}

const recorded = ({ exitCode, endedBySignal, chunks = [] }: Recording): Ran => ({
  end: endedBySignal ?? String(exitCode),
  chunks,
});

async function simulated(name: string, recording: Recording): Promise<Ran> {
  const states = STATES.filter(([pattern]) => pattern.test(name)).map(([, state]) => state);
  const scenario = states.reduce((before, state) => state.scenario?.(before) ?? before, SHOP_API);
  const clock = steppingClock(scenario.startAt);
  const cloud = memoryCloud(createCloud(scenario));
  const token: Readonly<Record<string, string>> =
    recording.unsetEnv?.includes('FLY_API_TOKEN') === true ? {} : { FLY_API_TOKEN: 'x' };
  const run = async (args: readonly string[], signal?: { readonly atMs: number; readonly by: Error }): Promise<Ran> => {
    const chunks: Chunk[] = [];
    const halting = new AbortController();
    const killing = new AbortController();
    const begun = clock.now();
    const stopAt = async (ms: number, by: Error): Promise<void> => {
      await clock.sleep(ms);
      if (by instanceof Killed) killing.abort(by);
      halting.abort(by);
    };
    const stopped = signal === undefined ? null : stopAt(signal.atMs, signal.by);
    const end = await fly({
      args,
      env: { ...token, ...recording.setEnv },
      cwd: '/home/ann/project',
      clock,
      cloud,
      write: (stream, text) => void chunks.push({ ms: clock.now() - begun, stream, text }),
      halt: halting.signal,
      killed: killing.signal,
    }).then(
      (exit) => (exit.kind === 'code' ? String(exit.code) : exit.kind),
      (thrown: unknown) => {
        if (thrown instanceof Killed) return 'SIGKILL';
        throw thrown;
      },
    );
    await stopped;
    return { end, chunks };
  };
  for (const { before = [], wait = 0 } of states) {
    for (const command of before) await run(command.split(' '));
    await clock.sleep(wait);
  }
  const { signalSent, endedBySignal, durationMs } = recording;
  const kill = endedBySignal === undefined ? null : { signal: endedBySignal, atMs: durationMs };
  const sent = signalSent ?? kill;
  return await run(
    recording.argv.slice(1),
    sent === null
      ? undefined
      : { atMs: sent.atMs, by: sent.signal === 'SIGKILL' ? new Killed(sent.signal) : new Interrupted(sent.signal) },
  );
}

const textOf = (chunks: readonly Chunk[], stream: Stream): string =>
  normalize(
    chunks
      .filter((chunk) => chunk.stream === stream)
      .map(({ text }) => text)
      .join(''),
  );

const printed = ({ end, chunks }: Ran) => ({
  end,
  stdout: textOf(chunks, 'stdout'),
  stderr: textOf(chunks, 'stderr'),
});

/** Pauses of 5 s and more, in ms. */
const pausesOf = ({ chunks }: Ran): readonly number[] =>
  chunks.map(({ ms }, at) => ms - (chunks[at - 1]?.ms ?? 0)).filter((ms) => ms >= 5_000);

const covered = NAMES.filter((name) => reasonFor(name) === null);
const notCovered = NAMES.filter((name) => reasonFor(name) !== null);

describe('the simulated fly against the recordings of flyctl', () => {
  it.each(covered)('%s', async (name) => {
    const recording = read(name);
    const [there, here] = [recorded(recording), await simulated(name, recording)];
    expect(printed(here)).toEqual(printed(there));
    const [pauses, recordedPauses] = [pausesOf(here), pausesOf(there)];
    expect(pauses, 'pauses').toHaveLength(recordedPauses.length);
    for (const [at, pause] of recordedPauses.entries()) expect(Math.abs((pauses[at] ?? 0) - pause)).toBeLessThan(2_500);
  });

  it('covers all but few', () => {
    expect(README).toContain(`[${NAMES.length} recordings]`);
    expect(README).toContain(`prints ${covered.length} of them`);
    expect(notCovered.length).toBeLessThan(20);
    const used = NOT_COVERED.filter(([pattern]) => notCovered.some((name) => pattern.test(name)));
    expect(used).toHaveLength(NOT_COVERED.length);
  });

  it.each(notCovered.map((name) => [name, reasonFor(name)] as const))('%s does not match: %s', async (name) => {
    const recording = read(name);
    const here = await simulated(name, recording);
    expect(printed(here)).not.toEqual(printed(recorded(recording)));
    if (isRefused(name)) expect(printed(here).stderr).toMatch(/^Error: the drill simulator does not play "fly /);
  });
});
