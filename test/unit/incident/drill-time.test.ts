import { describe, expect, it } from 'vitest';
import { incidentNow } from '#shared/incident/clocks.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';

const MIN = 60_000;
const now = (events: IncidentEvents, wall: number): number => {
  const state = reduce(events.events);
  if (state === null) throw new Error('declared');
  return incidentNow(state, wall);
};

describe('incident time', () => {
  const drill = { scenario: 'x', speed: 60, startAt: DETECTED_AT, wallStartAt: 1_000 };
  const events = () => new IncidentEvents({ kind: 'drill', adapter: 'simulated', drill });

  it("of a live incident is the wall's, even when it is over", () => {
    const live = new IncidentEvents();
    expect(now(live, 5_000)).toBe(5_000);
    expect(now(live.add('incident.resolved', { summary: 'gone' }), DETECTED_AT + MIN)).toBe(DETECTED_AT + MIN);
  });

  it('of a drill runs at its speed, and stops when the drill is resolved', () => {
    expect(now(events(), 2_000)).toBe(DETECTED_AT + MIN);
    const over = events().add('incident.resolved', { summary: 'gone' });
    const resolvedAt = reduce(over.events)?.resolvedAt;
    expect(now(over, 1_000 + 60 * MIN)).toBe(resolvedAt);
    expect(now(over, 1_000 + 600 * MIN)).toBe(resolvedAt);
  });
});
