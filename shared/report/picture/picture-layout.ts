/**
 * Where the parts of a picture stand. The report's SVG and the strip in the window are both painted from it, so that they
 * agree on scale, labels and which probes are shown.
 */
import { type IncidentPicture, verdict } from './incident-picture.ts';
import { type Span, type TimeScale, timeScale } from './time-scale.ts';

/** What of a picture is in detail, and where it ends. `least`: how long a span it has room for at any rate, in ms. */
function spanOf({ moments, target, changes, reads, probes, watch }: IncidentPicture, least: number): Span {
  const from = Math.min(...moments.map(({ at }) => at));
  const inDetail = moments.filter(({ name }) => name !== 'Stable').map(({ at }) => at);
  const acted = Math.max(from, ...inDetail);
  const ends = [...changes, ...reads].map(({ until }) => until);
  const seen = [...moments.map(({ at }) => at), ...ends, ...probes.flatMap((row) => row.probes.at(-1)?.at ?? [])];
  const last = Math.max(from + 1_000, watch?.until ?? from, ...seen);
  // A target of a day would leave no room for an hour of work.
  const shown = target !== null && target.at - from <= Math.max(3 * (last - from), least) ? target.at : from;
  const effective = moments.find(({ name }) => name === 'Effective')?.at ?? Infinity;
  const main = Math.max(acted, ...changes.filter((bar) => bar.from <= effective).map(({ until }) => until));
  return { from, main, until: Math.max(last, shown) };
}

export interface ScaledPicture extends IncidentPicture {
  readonly scale: TimeScale;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  /** While it is open: the incident's time, which the picture must reach, in ms since the epoch. */
  readonly now?: number | null;
  readonly least?: number;
}

/** The picture with its time axis from `left` to `right`; without its target when that lies too far off. */
export function scaled(picture: IncidentPicture, { left, right, now = null, least = 0 }: Frame): ScaledPicture {
  const span = spanOf(picture, least);
  const until = Math.max(span.until, now ?? span.from);
  // Until the rollback is effective, all of it is in detail.
  const open = now !== null && !picture.moments.some(({ name }) => name === 'Effective');
  const scale = timeScale({ ...span, until, main: open ? until : span.main }, left, right);
  return { ...picture, target: picture.target !== null && picture.target.at <= until ? picture.target : null, scale };
}

export interface PlacedMark {
  readonly at: number;
  readonly label: string;
  readonly isTarget: boolean;
  /** Where its label begins. */
  readonly start: number;
  /** Which line of labels has it, from the top; null: there is no room for it. */
  readonly lane: number | null;
}

interface LabelRoom {
  readonly width: number;
  /** The width of a letter. */
  readonly letter: number;
  readonly lanes: number;
  readonly time: (at: number) => string;
}

/** Milestones and target with their labels, each in the first lane where it covers no other. */
export function placeMarks(
  { moments, target, scale: { x } }: ScaledPicture,
  { width, letter, lanes, time }: LabelRoom,
): readonly PlacedMark[] {
  const marks = [
    ...moments.map(({ name, at }) => ({ at, label: `${name} ${time(at)}`, isTarget: false })),
    ...(target === null
      ? []
      : [{ at: target.at, label: `Target ${target.text}${verdict(target.met)}`, isTarget: true }]),
  ].toSorted((a, b) => a.at - b.at);
  const taken: number[] = [];
  return marks.map((mark) => {
    const wide = mark.label.length * letter;
    // A label at the right edge stands left of its line.
    const start = x(mark.at) + wide + 6 > width ? x(mark.at) - wide - 3 : x(mark.at) + 3;
    const free = taken.findIndex((until) => until + 6 <= start);
    const lane = free !== -1 ? free : taken.length < lanes ? taken.length : null;
    if (lane !== null) taken[lane] = start + wide;
    return { ...mark, start, lane };
  });
}

export interface Dot {
  readonly x: number;
  readonly ok: boolean;
}

/** How far apart good probes are drawn. */
const APART = 6;

/** Good probes that would lie on each other are drawn once; bad ones always, while there are at most `most`. */
export function thinned(dots: readonly Dot[], most: number): readonly Dot[] {
  let last = -Infinity;
  const kept = dots.filter(({ x, ok }) => {
    if (!ok) return true;
    if (x - last < APART) return false;
    last = x;
    return true;
  });
  if (kept.length <= most) return kept;
  const from = Math.min(...dots.map(({ x }) => x));
  const until = Math.max(...dots.map(({ x }) => x));
  const part = ({ x }: Dot): number => Math.min(most - 1, Math.floor(((x - from) / Math.max(1, until - from)) * most));
  // One for each part of the width: a bad one if there is any.
  const byPart = new Map<number, Dot>();
  for (const dot of dots) {
    const known = byPart.get(part(dot));
    if (known === undefined || (known.ok && !dot.ok)) byPart.set(part(dot), dot);
  }
  return [...byPart.values()];
}
