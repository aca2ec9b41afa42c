import { expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { reportFileName } from '#shared/report/file-name.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { BUNDLED } from '../../fixtures/procedure-stories.ts';

const nameOf = (events: readonly IncidentEvent[]): string => {
  const state = reduce(events);
  return state === null ? '' : reportFileName(state, BUNDLED);
};

it('is day, severity and service, with the title of the service where it has one', () => {
  expect(nameOf(new IncidentEvents().events)).toBe('2026-11-03-P0-agent-service');
  expect(nameOf(new IncidentEvents({ service: 'Äpp / ../x y', severity: 'P2' }).events)).toBe('2026-11-03-P2-pp-x-y');
  expect(nameOf(new IncidentEvents({ service: '///' }).events)).toBe('2026-11-03-P0-service');
});
