import { expect, it } from 'vitest';
import { advance, reduce } from '#shared/incident/reduce.ts';
import { byHandIncident, verifiedDrill } from '../../fixtures/incident-stories.ts';

it.each([
  ['a drill', verifiedDrill().events],
  ['a live incident', byHandIncident().events],
])('%s comes to the same state at once, one by one, and in any two parts', (_name, events) => {
  const whole = reduce(events);
  expect(whole).not.toBeNull();
  expect(events.reduce((state, event) => advance(state, [event]), advance(null, []))).toEqual(whole);
  for (let cut = 0; cut <= events.length; cut += 1)
    expect(advance(advance(null, events.slice(0, cut)), events.slice(cut))).toEqual(whole);
});
