import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { isStale } from '#shared/incident/staleness.ts';

const event = (seq: number, kind: string): IncidentEvent => ({ seq, kind }) as unknown as IncidentEvent;

describe('an intent decided on an older state', () => {
  it.each([
    'run.intended',
    'run.ended',
    'step.ended',
    'release.chosen',
    'releases.changed',
    'proof.evaluated',
    'lease.taken',
    'regression.found',
  ])('is stale after %s', (kind) => {
    expect(isStale([event(4, 'incident.declared'), event(5, kind)], 4)).toBe(true);
    expect(isStale([event(4, 'incident.declared'), event(5, kind)], 5)).toBe(false);
  });

  it.each(['run.started', 'watch.reading', 'note.added', 'entry.starred', 'clock.jumped'])(
    'is not after %s',
    (kind) => {
      expect(isStale([event(5, kind)], 4)).toBe(false);
    },
  );
});
