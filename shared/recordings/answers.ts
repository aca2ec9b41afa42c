/**
 * Which entry of a recording answers. Of the entries whose time has come (`after`), the first pattern that fits decides. Its
 * entries of the newest stage answer in their order, the last one again and again: so what was read after a change is never
 * read before it.
 */
import { type Call, fits } from './command-pattern.ts';
import type { After, RecordedAnswer, RecordedCall, Recording } from './recording.ts';

/** How far a drill has come in its recording. It can be stored. Times: drill time, ms since the epoch. */
export interface Progress {
  readonly usedCalls: readonly number[];
  readonly usedAnswers: readonly number[];
  /** When commands ended, by the pattern of an `after` that they fit. */
  readonly ended: Readonly<Record<string, readonly number[]>>;
}

export const NO_PROGRESS: Progress = { usedCalls: [], usedAnswers: [], ended: {} };

/** The drill's own times. */
export interface Moment {
  readonly startAt: number;
  readonly now: number;
}

type Found<T> =
  | { readonly kind: 'found'; readonly entry: T; readonly progress: Progress }
  /** `later`: entries fit, and the time of none has come. */
  | { readonly kind: 'none'; readonly later: boolean };

export function callOf({ calls }: Recording, progress: Progress, call: Call, moment: Moment): Found<RecordedCall> {
  const { usedCalls } = progress;
  const found = choose(calls, usedCalls, progress, moment, (entry) =>
    fits(entry.command, call) ? entry.command : null,
  );
  if (typeof found !== 'number') return found;
  return taken(calls, found, usedCalls.includes(found) ? progress : { ...progress, usedCalls: [...usedCalls, found] });
}

export function answerOf({ http }: Recording, progress: Progress, url: string, moment: Moment): Found<RecordedAnswer> {
  const { usedAnswers } = progress;
  const found = choose(http, usedAnswers, progress, moment, (entry) => (sameUrl(entry.url, url) ? '' : null));
  if (typeof found !== 'number') return found;
  return taken(
    http,
    found,
    usedAnswers.includes(found) ? progress : { ...progress, usedAnswers: [...usedAnswers, found] },
  );
}

/** A command has ended, which entries may wait for. */
export function endedAt({ calls, http }: Recording, progress: Progress, call: Call, at: number): Progress {
  const awaited = new Set([...calls, ...http].flatMap(({ after }) => after?.command ?? []));
  const met = [...awaited].filter((pattern) => fits(pattern, call));
  if (met.length === 0) return progress;
  const now = met.map((pattern) => [pattern, [...(progress.ended[pattern] ?? []), at]] as const);
  return { ...progress, ended: { ...progress.ended, ...Object.fromEntries(now) } };
}

function taken<T>(entries: readonly T[], index: number, progress: Progress): Found<T> {
  const entry = entries[index];
  return entry === undefined ? { kind: 'none', later: false } : { kind: 'found', entry, progress };
}

/** The index of the entry that answers. `groupOf`: the pattern of an entry that fits; null: it does not. */
function choose<T extends { readonly after?: After | undefined }>(
  entries: readonly T[],
  used: readonly number[],
  progress: Progress,
  moment: Moment,
  groupOf: (entry: T) => string | null,
): number | Extract<Found<T>, { kind: 'none' }> {
  const fitting = entries.flatMap((entry, index) => {
    const group = groupOf(entry);
    return group === null ? [] : [{ index, group, after: entry.after, stage: JSON.stringify(entry.after ?? null) }];
  });
  const due = fitting.filter(({ after }) => isDue(after, progress, moment));
  const own = due.filter(({ group }) => group === due[0]?.group);
  const newest = own.filter(({ stage }) => stage === own.at(-1)?.stage);
  const next = newest.find(({ index }) => !used.includes(index)) ?? newest.at(-1);
  return next?.index ?? { kind: 'none', later: fitting.length > 0 };
}

function isDue(after: After | undefined, { ended }: Progress, { startAt, now }: Moment): boolean {
  if (after === undefined) return true;
  const from = after.command === null ? startAt : ended[after.command]?.[after.times - 1];
  return from !== undefined && now >= from + after.waitMs;
}

const sameUrl = (one: string, other: string): boolean => one.replace(/\/$/, '') === other.replace(/\/$/, '');
