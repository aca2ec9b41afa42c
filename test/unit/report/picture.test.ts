import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { drawPicture } from '#shared/report/picture/draw-picture.ts';
import { incidentPicture, type IncidentPicture, pictureText } from '#shared/report/picture/incident-picture.ts';
import { timeScale } from '#shared/report/picture/time-scale.ts';
import { REPORT_STORIES } from '../../fixtures/all-report-stories.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';
import { fullSystemDrill, maintenanceDrill } from '../../fixtures/procedure-stories.ts';
import { STEPS } from '../../fixtures/runbook-model.ts';

function pictured(events: readonly IncidentEvent[]): IncidentPicture {
  const state = reduce(events);
  if (state === null) throw new Error('not declared');
  return incidentPicture(state, events.at(-1)?.at ?? 0);
}

const drawn = (events: readonly IncidentEvent[]): string => drawPicture(pictured(events), 760);

const ELEMENTS = /<\/?(svg|title|desc|defs|pattern|rect|line|text|circle|path)(?: [\w-]+="[^"<>]*")*\/?>/g;

/** Balanced, with known elements only, and nothing outside them that a reader would take for markup. */
function mustBeSvg(svg: string): void {
  const open: string[] = [];
  for (const [tag, name = ''] of svg.matchAll(ELEMENTS)) {
    if (tag.startsWith('</')) expect(open.pop()).toBe(name);
    else if (!tag.endsWith('/>')) open.push(name);
  }
  expect(open).toEqual([]);
  const texts = svg.replace(ELEMENTS, '');
  expect(texts).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/);
}

describe('the picture of an incident', () => {
  it.each(REPORT_STORIES)('is well-formed SVG without scripts, links or styles: %s', (_name, story) => {
    const svg = drawn(story().events);
    mustBeSvg(svg);
    expect(svg).not.toMatch(/href|script|style=|url\((?!#picture-hatch)/);
  });

  it('names every milestone with its time, the target, and each changing command', () => {
    const svg = drawn(verifiedDrill().events);
    for (const label of ['Detected 03:12:00', 'Declared 03:12:20', 'First change 03:12:45', 'Effective 03:14:41'])
      expect(svg).toContain(`>${label}</text>`);
    expect(svg).toContain('>Stable 03:45:07</text>');
    expect(svg).toContain('>Target &lt; 5 minutes, met</text>');
    expect(svg).toContain('>fly deploy</text>');
    expect(svg.match(/class="picture-bar"/g)).toHaveLength(2);
    expect(drawn(maintenanceDrill().events)).toContain('>Contained 03:12:29</text>');
  });

  it('shows a bad probe as a cross and a good one as a ring', () => {
    const svg = drawn(fullSystemDrill().events);
    expect(svg.match(/class="picture-bad"/g)).toHaveLength(6);
    expect(svg).toContain('class="picture-good"');
    expect(drawn(verifiedDrill().events)).not.toContain('class="picture-bad"');
  });

  it('hatches a failed command, and outlines one that runs', () => {
    const run = { stepId: STEPS.deploy, commandId: 'c', effect: 'change', shown: 'fly deploy --app x' } as const;
    const failed = new IncidentEvents().run({ ...run, runId: 'r' }, 1);
    expect(drawn(failed.events)).toContain('fill="url(#picture-hatch)"');
    expect(drawn(failed.events.slice(0, -1))).toContain('class="picture-running"');
  });

  it('says the same in words', () => {
    const text = pictureText(pictured(fullSystemDrill().events));
    expect(text).toContain('Detected 03:12:00 (+00:00:00). Declared 03:12:20 (+00:00:20).');
    expect(text).toContain('Target <5 min, met.');
    expect(text).toMatch(/deploy hotdash-app from 03:\d\d:\d\d to 03:\d\d:\d\d, exit code 0\./);
    expect(text).toMatch(/6 of \d+ probes bad\.$/);
  });

  it('takes no text for markup', () => {
    const { events } = new IncidentEvents({ title: '</title><script>alert(1)</script>&"\u0000\uD83D', service: '<b>' });
    mustBeSvg(drawn(events));
  });

  it('stays inside its width, whatever it has to show', () => {
    for (const [, story] of REPORT_STORIES)
      for (const width of [360, 760, 1_400]) {
        const svg = drawPicture(pictured(story().events), width);
        const xs = [...svg.matchAll(/ (?:x|x1|x2|cx)="(-?[\d.]+)"/g)].map(([, x]) => Number(x));
        expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...xs)).toBeLessThanOrEqual(width);
      }
  });
});

describe('the scale of time', () => {
  const at = (minutes: number): number => DETECTED_AT + minutes * 60_000;

  it('gives a long end less room, and never turns back', () => {
    const scale = timeScale({ from: at(0), main: at(3), until: at(33) }, 0, 100);
    expect(scale.breakAt).toBe(at(3));
    expect(scale.x(at(3))).toBeCloseTo(72);
    const xs = Array.from({ length: 34 }, (_, n) => scale.x(at(n)));
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect([xs[0], xs.at(-1)]).toEqual([0, 100]);
  });

  it('is even when the end is short, and has round ticks', () => {
    const scale = timeScale({ from: at(0), main: at(10), until: at(15) }, 0, 450);
    expect(scale.breakAt).toBeNull();
    expect(scale.x(at(7.5))).toBeCloseTo(225);
    expect(scale.ticks.map((tick) => new Date(tick).toISOString().slice(11, 19))).toEqual([
      '03:15:00',
      '03:20:00',
      '03:25:00',
    ]);
  });
});
