import { expect, it } from 'vitest';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { isAbandoned } from '#shared/drills/left-as.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
/** `declaredAt` counts for an id that is no ULID. */
const left = (more: Partial<IncidentSummary>): IncidentSummary =>
  ({
    ...{ id: 'x', kind: 'drill', status: 'open', declaredAt: NOW - 9 * HOUR },
    ...{ attended: false, interrupted: false, handedOver: null },
    ...more,
  }) as IncidentSummary;

it('folds away a drill that nobody has worked on for hours, and nothing else', () => {
  expect(isAbandoned(left({}), NOW)).toBe(true);
  expect(isAbandoned(left({ kind: 'live' }), NOW)).toBe(false);
  expect(isAbandoned(left({ attended: true }), NOW)).toBe(false);
  expect(isAbandoned(left({ declaredAt: NOW - HOUR }), NOW)).toBe(false);
  expect(isAbandoned(left({ status: 'resolved' }), NOW)).toBe(false);
});
