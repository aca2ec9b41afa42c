import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { decidedAt, isStale } from '#shared/incident/staleness.ts';

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

  it.each(['run.started', 'watch.reading', 'session.seen', 'note.added', 'entry.starred', 'clock.jumped'])(
    'is not after %s',
    (kind) => {
      expect(isStale([event(5, kind)], 4)).toBe(false);
    },
  );

  it('is never stale when it stops a command or only records what somebody said', () => {
    const later = [event(5, 'release.foreign'), event(6, 'step.ended')];
    expect(isStale(later, decidedAt({ kind: 'stop-run', runId: 'r', how: 'interrupt' }, 4))).toBe(false);
    expect(isStale(later, decidedAt({ kind: 'note', text: 'errors went up', starred: false }, 4))).toBe(false);
    expect(isStale(later, decidedAt({ kind: 'check-proof', stepId: 's' }, 4))).toBe(true);
  });
});
