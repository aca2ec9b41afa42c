/**
 * Draws the picture of an incident as SVG. Forms tell what colors tell (a failed command is hatched, a bad probe is a
 * cross), so that it reads in greyscale. Colors are attributes, for readers without style sheets; the classes let a page
 * color it anew.
 */
import { utc } from '../times.ts';
import { type IncidentPicture, type PictureBar, pictureText, verdict } from './incident-picture.ts';
import { placeMarks, scaled, type ScaledPicture, thinned } from './picture-layout.ts';
import { cut, element, text } from './svg.ts';
import type { TimeScale } from './time-scale.ts';

const ROW = 22;
const LABEL = 15;
const LETTER = 6.3;
/** Changes beyond this many share one line of text. */
const MOST_BARS = 12;

const INK = '#1b1f24';
const SOFT = '#57606a';
const LINE = '#d0d7de';
const BAR = '#6b8fc4';

/** An SVG document of this width, in px; as high as it needs to be. */
export function drawPicture(picture: IncidentPicture, width: number): string {
  const left = Math.min(220, Math.max(110, width * 0.27));
  const right = width - 24;
  const shown = scaled(picture, { left, right });
  const { scale, target } = shown;
  const flags = flagsOf(shown, width);
  const top = 30 + flags.lanes * LABEL;
  const rows = rowsOf(picture, scale);
  const bottom = top + rows.length * ROW + 4;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${bottom + 42}`,
      width,
      height: bottom + 42,
      role: 'img',
      'font-family': 'system-ui, sans-serif',
      'font-size': 11,
    },
    element('title', {}, text(picture.title)),
    element('desc', {}, text(pictureText(picture))),
    HATCH,
    element('rect', { class: 'picture-ground', width, height: bottom + 42, fill: '#ffffff' }),
    words(0, 14, cut(picture.title, Math.floor(width / 7.2)), { 'font-weight': 'bold', 'font-size': 12 }),
    ...axis(scale, top, bottom),
    ...flags.draw(bottom),
    ...rows.flatMap(({ label, draw }, n) => [
      words(0, top + n * ROW + 15, cut(label, Math.floor(left / LETTER))),
      ...draw(top + n * ROW),
    ]),
    words(0, bottom + 34, legend(picture, scale, target !== null), { class: 'picture-soft', fill: SOFT }),
  );
}

const HATCH = element(
  'defs',
  {},
  element(
    'pattern',
    { id: 'picture-hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { width: 5, height: 5, fill: '#ffffff' }),
    element('rect', { width: 2.5, height: 5, fill: '#9a3412' }),
  ),
);

interface Flags {
  readonly lanes: number;
  readonly draw: (bottom: number) => readonly string[];
}

/** Milestones and target: a line each, with its name in the first lane above where there is room. */
function flagsOf(picture: ScaledPicture, width: number): Flags {
  const { x } = picture.scale;
  const placed = placeMarks(picture, { width, letter: LETTER, lanes: Infinity, time: clockText });
  const lanes = Math.max(0, ...placed.map(({ lane }) => (lane ?? 0) + 1));
  const draw = (bottom: number): readonly string[] =>
    placed.flatMap(({ at, label, isTarget, start, lane }) => {
      const y = 30 + (lane ?? 0) * LABEL;
      const look = isTarget ? { 'stroke-width': 2, 'stroke-dasharray': '7 4' } : { 'stroke-width': 1 };
      return [
        element('line', { class: 'picture-mark', x1: x(at), x2: x(at), y1: y - 9, y2: bottom, stroke: INK, ...look }),
        words(start, y, label, isTarget ? { 'font-weight': 'bold' } : {}),
      ];
    });
  return { lanes, draw };
}

interface Row {
  readonly label: string;
  readonly draw: (y: number) => readonly string[];
}

function rowsOf({ changes, reads, probes, watch }: IncidentPicture, { x }: TimeScale): readonly Row[] {
  const shown = changes.slice(0, MOST_BARS);
  const more = changes.length - shown.length;
  const rows: Row[] = shown.map((bar) => ({ label: bar.label, draw: (y) => drawBar(bar, x, y + 4, 14) }));
  if (more > 0) rows.push({ label: `and ${more} more changes`, draw: () => [] });
  if (reads.length > 0)
    rows.push({ label: 'Read-only commands', draw: (y) => reads.flatMap((bar) => drawBar(bar, x, y + 8, 6)) });
  for (const { label, probes: all } of probes)
    rows.push({
      label,
      draw: (y) =>
        drawProbes(
          all.map(({ at, ok }) => ({ x: x(at), ok })),
          y + 11,
        ),
    });
  if (watch !== null)
    rows.push({
      label: `Watch, ${watch.minutes} min`,
      draw: (y) => [
        element('rect', {
          class: 'picture-watch',
          x: x(watch.from),
          y: y + 9,
          width: Math.max(2, x(watch.until) - x(watch.from)),
          height: 4,
          fill: SOFT,
        }),
      ],
    });
  return rows;
}

const LOOK: Readonly<Record<PictureBar['how'], Readonly<Record<string, string | number>>>> = {
  succeeded: { class: 'picture-bar', fill: BAR, stroke: INK, 'stroke-width': 0.5 },
  failed: { class: 'picture-failed', fill: 'url(#picture-hatch)', stroke: '#9a3412', 'stroke-width': 1.5 },
  running: { class: 'picture-running', fill: 'none', stroke: INK, 'stroke-dasharray': '3 2' },
};

const drawBar = ({ label, from, until, how, ended }: PictureBar, x: TimeScale['x'], y: number, height: number) => [
  element(
    'rect',
    { ...LOOK[how], x: x(from), y, width: Math.max(2, x(until) - x(from)), height, rx: 1.5 },
    element('title', {}, text(`${label}, ${clockText(from)} to ${clockText(until)}, ${ended}`)),
  ),
];

/** In the report no bad probe is left out. */
function drawProbes(probes: readonly { readonly x: number; readonly ok: boolean }[], y: number): readonly string[] {
  return thinned(probes, Infinity).map(({ x, ok }) =>
    ok
      ? element('circle', { class: 'picture-good', cx: x, cy: y, r: 2.2, fill: '#ffffff', stroke: SOFT })
      : element('path', { class: 'picture-bad', d: cross(x, y), stroke: '#9a3412', 'stroke-width': 2 }),
  );
}

function cross(x: number, y: number): string {
  const [a, b] = [x - 3, x + 3].map((value) => value.toFixed(1));
  return `M${a} ${y - 3}L${b} ${y + 3}M${a} ${y + 3}L${b} ${y - 3}`;
}

function axis({ x, ticks, breakAt }: TimeScale, top: number, bottom: number): readonly string[] {
  const at = ticks.flatMap((tick) => [
    element('line', { class: 'picture-tick', x1: x(tick), x2: x(tick), y1: top, y2: bottom, stroke: LINE }),
    words(x(tick), bottom + 14, clockText(tick), { class: 'picture-soft', fill: SOFT, 'text-anchor': 'middle' }),
  ]);
  if (breakAt === null) return at;
  const zigzag = Array.from({ length: Math.ceil((bottom - top) / 6) }, (_, n) => {
    const side = x(breakAt) + (n % 2 === 0 ? 5 : 9);
    return `${n === 0 ? 'M' : 'L'}${side.toFixed(1)} ${top + n * 6}`;
  }).join('');
  return [...at, element('path', { class: 'picture-break', d: zigzag, fill: 'none', stroke: SOFT })];
}

function legend({ target, probes, changes }: IncidentPicture, { breakAt }: TimeScale, targetShown: boolean): string {
  return [
    'Times are UTC',
    ...(changes.some(({ how }) => how === 'failed') ? ['hatched: failed'] : []),
    ...(probes.length === 0 ? [] : ['○ good probe, × bad probe']),
    ...(breakAt === null ? [] : ['smaller scale right of the zigzag']),
    ...(target === null
      ? ['no target']
      : targetShown
        ? []
        : [`target ${target.text}${verdict(target.met)}, right of the picture`]),
  ].join(' · ');
}

/** Keeps a name readable where a line crosses it. */
const HALO = { 'paint-order': 'stroke', stroke: '#ffffff', 'stroke-width': 3, 'stroke-linejoin': 'round' };

const clockText = (at: number): string => utc(at).slice(11);

const words = (x: number, y: number, value: string, look: Readonly<Record<string, string | number>> = {}): string =>
  element('text', { class: 'picture-ink', x, y, fill: INK, ...HALO, ...look }, text(value));
