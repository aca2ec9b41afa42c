import { describe, expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import { incidentPicture, type IncidentPicture } from '#shared/report/picture/incident-picture.ts';
import { MOST_DOTS, stripLayout } from '#shared/report/picture/strip-layout.ts';
import { REPORT_STORIES } from '../../fixtures/all-report-stories.ts';
import { DETECTED_AT } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';
import { fullSystemDrill } from '../../fixtures/procedure-stories.ts';

const time = (at: number): string => new Date(at).toISOString().slice(11, 19);

function pictured({ events }: ReturnType<typeof verifiedDrill>): IncidentPicture {
  const state = reduce(events);
  if (state === null) throw new Error('not declared');
  return incidentPicture(state, events.at(-1)?.at ?? 0);
}

const fresh: IncidentPicture = {
  title: 'P0',
  moments: [{ name: 'Detected', at: DETECTED_AT }],
  target: { at: DETECTED_AT + 300_000, text: '< 5 minutes', met: null },
  changes: [],
  reads: [],
  probes: [],
  watch: null,
};

describe('the strip of an incident', () => {
  it('marks milestones and target in the order of time, and now only while it is open', () => {
    const { marks, now } = stripLayout(pictured(verifiedDrill()), { width: 1_240, now: null, time });
    expect(marks.map(({ label }) => label)).toEqual([
      'Detected 03:12:00',
      'Declared 03:12:20',
      'First change 03:12:45',
      'Effective 03:14:41',
      'Target < 5 minutes, met',
      'Stable 03:45:07',
    ]);
    expect(marks.map(({ x }) => x)).toEqual(marks.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(now).toBeNull();
    const open = stripLayout(fresh, { width: 1_240, now: DETECTED_AT + 150_000, time });
    const [detected, target] = open.marks;
    // Half of the target is over.
    expect(open.now?.x).toBeCloseTo(((detected?.x ?? 0) + (target?.x ?? 0)) / 2);
    expect(open.now?.words).toBe('Now 03:14:30');
  });

  it('shows a target of minutes from the first second, and leaves out one that lies a day off', () => {
    const at = (targetMs: number) => {
      const target = { at: DETECTED_AT + targetMs, text: 'soon', met: null };
      return stripLayout({ ...fresh, target }, { width: 1_240, now: DETECTED_AT + 1_000, time }).marks.length;
    };
    expect(at(5 * 60_000)).toBe(2);
    expect(at(24 * 3_600_000)).toBe(1);
  });

  it('stays inside its width, and puts no label on another', () => {
    for (const [, story] of REPORT_STORIES)
      for (const width of [360, 1_240, 1_880]) {
        const { marks, dots, changes } = stripLayout(pictured(story()), { width, now: null, time });
        const xs = [...marks, ...dots, ...changes].map(({ x }) => x);
        expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...xs)).toBeLessThanOrEqual(width);
        for (const lane of [0, 1]) {
          const inLane = marks.filter((mark) => mark.lane === lane);
          for (const [n, mark] of inLane.entries()) {
            const before = inLane[n - 1];
            if (before !== undefined) expect(mark.start).toBeGreaterThan(before.start + before.label.length * 6);
          }
        }
      }
  });

  it('counts all probes, draws at most 200 of them, and of those that lie together a bad one', () => {
    const probes = Array.from({ length: 5_000 }, (_, n) => ({ at: DETECTED_AT + n * 1_000, ok: n % 50 !== 0 }));
    const many = { ...fresh, probes: [{ label: 'Symptom', probes }] };
    const { dots, probeWords } = stripLayout(many, { width: 1_880, now: null, time });
    expect(probeWords).toBe('5000 health probes, 100 bad');
    expect(dots.length).toBeLessThanOrEqual(MOST_DOTS);
    expect(dots.filter(({ ok }) => !ok).length).toBe(100);
    const all = stripLayout(pictured(fullSystemDrill()), { width: 1_240, now: null, time });
    expect(all.dots.filter(({ ok }) => !ok)).toHaveLength(6);
  });
});
