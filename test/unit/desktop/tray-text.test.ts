import { describe, expect, it } from 'vitest';
import { openIncidents, watching } from '../../../electron/desktop/open-incidents.ts';
import { trayText } from '../../../electron/desktop/tray-text.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { MINUTE, watched } from './watched.ts';

const at = (minutes: number): number => DETECTED_AT + minutes * MINUTE;
const DRILL = {
  kind: 'drill',
  adapter: 'simulated',
  title: 'Monthly drill',
  drill: { scenario: 'x', speed: 1, startAt: DETECTED_AT, wallStartAt: DETECTED_AT },
} as const;

describe('the tray', () => {
  it('says that nothing is open', () => {
    expect(trayText([])).toEqual({ title: '', tooltip: 'Rollbook: no open incident', rows: [] });
    const resolved = new IncidentEvents().add('incident.resolved', { summary: 'x' });
    expect(trayText([watched(resolved, at(9))]).rows).toEqual([]);
  });

  it.each([
    [1, 'P0 00:01:00 within target'],
    [3, 'P0 00:03:00 within target, half used'],
    [4.5, 'P0 00:04:30 within target, nearly used'],
    [6, 'P0 00:06:00 OVER target'],
  ])('runs the mitigation clock with its word: %d min', (minutes, title) => {
    expect(trayText([watched(new IncidentEvents(), at(minutes))]).title).toBe(title);
  });

  it('keeps its menu for a whole minute', () => {
    const rows = (minutes: number): unknown => trayText([watched(new IncidentEvents(), at(minutes))]).rows;
    expect(rows(1.1)).toEqual(rows(1.9));
    expect(rows(1.9)).not.toEqual(rows(2));
    expect(rows(0.5)).toEqual([
      { incidentId: 'I1', label: 'P0 Agent service answers 503: under 1 min, within target' },
    ]);
  });

  it('puts the live incident before the drill, and marks the drill', () => {
    const drill = watched(new IncidentEvents(DRILL), at(1), 'D1');
    const live = watched(new IncidentEvents({ severity: 'P2' }), at(1), 'L1');
    expect(openIncidents([drill, live]).map(({ id }) => id)).toEqual(['L1', 'D1']);
    const { title, rows } = trayText([drill, live]);
    expect(title).toBe('P2 00:01:00 within target (+1)');
    expect(rows[1]?.label).toMatch(/^DRILL P0 Monthly drill: /);
  });

  it('puts the more severe before the milder, then the newer before the older', () => {
    const make = (id: string, severity: 'P0' | 'P1', after: number) =>
      watched(new IncidentEvents({ severity }, { after }), at(1), id);
    const all = [make('old', 'P1', 1_000), make('new', 'P1', 9_000), make('severe', 'P0', 1_000)];
    expect(openIncidents(all).map(({ id }) => id)).toEqual(['severe', 'new', 'old']);
  });
});

describe('watching', () => {
  const started = new IncidentEvents().add('watch.started', { stepId: 'w', minutes: 30 });

  it('counts a watch that is kept, and none that nobody keeps any more', () => {
    expect(watching([watched(new IncidentEvents(), at(1))])).toBe(0);
    expect(watching([watched(started, at(1))])).toBe(1);
    expect(watching([watched(started, at(31))])).toBe(1);
    expect(watching([watched(started, at(60))])).toBe(0);
    const ended = new IncidentEvents()
      .add('watch.started', { stepId: 'w', minutes: 30 })
      .add('watch.ended', { stepId: 'w', completed: false, reason: 'by a person' });
    expect(watching([watched(ended, at(1))])).toBe(0);
  });
});
