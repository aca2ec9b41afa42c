/** The picture of an incident as one strip: labels above, probes, commands, and the time below. All in px. */
import { count } from '#shared/words/count.ts';
import type { IncidentPicture, PictureBar } from './incident-picture.ts';
import { type Dot, placeMarks, type PlacedMark, scaled, thinned } from './picture-layout.ts';

export const STRIP = { height: 68, lane: 12, marksTop: 12, probes: 33, bars: 40, floor: 53, times: 65 } as const;

/** More dots than this are one blur. */
export const MOST_DOTS = 200;
const EDGE = 12;
const LETTER = 6.7;
/** Most targets are minutes: with room for these from the start, the strip does not jump. */
const LEAST_MS = 15 * 60_000;

export interface StripMark extends PlacedMark {
  readonly x: number;
}

export interface StripBar {
  readonly x: number;
  readonly width: number;
  readonly how: PictureBar['how'];
  /** What it says in words. */
  readonly words: string;
}

export interface StripLayout {
  readonly marks: readonly StripMark[];
  readonly changes: readonly StripBar[];
  readonly reads: readonly StripBar[];
  readonly dots: readonly Dot[];
  /** "12 health probes, 3 bad"; '' without probes. */
  readonly probeWords: string;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly breakX: number | null;
  readonly now: { readonly x: number; readonly words: string } | null;
}

interface StripRoom {
  readonly width: number;
  /** The incident's time while it is open, ms since the epoch; null once it is over. */
  readonly now: number | null;
  /** A time as people read it, to the second. */
  readonly time: (at: number) => string;
}

export function stripLayout(whole: IncidentPicture, { width, now, time }: StripRoom): StripLayout {
  const picture = scaled(whole, { left: EDGE, right: width - EDGE, now, least: LEAST_MS });
  const { x, ticks, breakAt } = picture.scale;
  const bar = ({ label, from, until, how, ended }: PictureBar): StripBar => ({
    x: x(from),
    width: Math.max(2, x(until) - x(from)),
    how,
    words: `${label}, ${time(from)} to ${how === 'running' ? 'now' : time(until)}, ${ended}`,
  });
  const probes = picture.probes.flatMap((row) => row.probes).toSorted((a, b) => a.at - b.at);
  const bad = probes.filter(({ ok }) => !ok).length;
  const nowX = now === null ? null : x(now);
  return {
    marks: placeMarks(picture, { width, letter: LETTER, lanes: 2, time }).map((mark) => ({ ...mark, x: x(mark.at) })),
    changes: picture.changes.map(bar),
    reads: picture.reads.map(bar),
    dots: thinned(
      probes.map(({ at, ok }) => ({ x: x(at), ok })),
      MOST_DOTS,
    ),
    probeWords: probes.length === 0 ? '' : `${count(probes.length, 'health probe')}, ${bad} bad`,
    // A time that would run into "now" or over an edge is left out.
    ticks: ticks
      .map((at) => ({ x: x(at), label: time(at) }))
      .filter((tick) => tick.x > 34 && tick.x < width - 34 && (nowX === null || Math.abs(tick.x - nowX) > 48)),
    breakX: breakAt === null ? null : x(breakAt),
    now: now === null || nowX === null ? null : { x: nowX, words: `Now ${time(now)}` },
  };
}
