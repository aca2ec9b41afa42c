/** Moments in the report: UTC, marked when a person entered them, with local time where it helps. */
import { durationText } from '#shared/words/duration.ts';

/** Local time of the machine that makes the report. Passed in, because shared code reads no time zone. */
export interface LocalTime {
  /** For example `Europe/Berlin`. */
  readonly timeZone: string;
  /** A moment in ms since the epoch as local date and time. */
  readonly format: (ms: number) => string;
}

/** `2026-11-03T03:12:00Z`; null when a Date cannot hold it. */
export function iso(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, -5)}Z`;
}

/** As `iso`; null stays null. */
export const moment = (ms: number | null): string | null => (ms === null ? null : iso(ms));

/** `2026-11-03 03:12:00`, UTC. */
export const utc = (ms: number): string => iso(ms)?.replace('T', ' ').replace('Z', '') ?? 'unknown time';

/** `2026-11-03 03:12 UTC`. */
export const utcMinute = (ms: number): string => (iso(ms) === null ? 'unknown time' : `${utc(ms).slice(0, -3)} UTC`);

/** `2026-11-03`, UTC. */
export const dateOf = (ms: number): string => (iso(ms) === null ? 'unknown date' : (utc(ms).split(' ')[0] ?? ''));

/** Prints moments as `03:12:00`, UTC; with the date when it is not that of `day`. */
export function timeOn(day: number): (ms: number) => string {
  const date = `${dateOf(day)} `;
  return (ms) => (utc(ms).startsWith(date) ? utc(ms).slice(date.length) : utc(ms));
}

export const durationOrNone = (ms: number | null): string => (ms === null ? '–' : durationText(ms));
