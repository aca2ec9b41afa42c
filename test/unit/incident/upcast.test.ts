import { describe, expect, it } from 'vitest';
import type { Envelope } from '#shared/incident/envelope.ts';
import { EVENT_VERSION, readEvents } from '#shared/incident/upcast.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';

const stored = (): readonly Envelope[] =>
  new IncidentEvents().add('note.added', { text: 'a', starred: false }).add('note.added', { text: 'b', starred: true })
    .events;

const withSecond = (change: Partial<Envelope>): readonly Envelope[] =>
  stored().map((envelope) => (envelope.seq === 2 ? { ...envelope, ...change } : envelope));

describe('readEvents', () => {
  it('reads what this program wrote, as it was', () => {
    const { events } = verifiedDrill();
    expect(readEvents(events)).toEqual({ kind: 'readable', events, purged: 0 });
  });

  it('leaves purged events out and counts them', () => {
    const reading = readEvents(withSecond({ payload: null }));
    expect(reading).toMatchObject({ kind: 'readable', purged: 1 });
    expect(reading.events.map(({ seq }) => seq)).toEqual([1, 3]);
  });

  it.each([
    ['an unknown kind', { kind: 'moon.landed' }, /unknown kind "moon.landed"/],
    ['a kind that every object has', { kind: 'constructor' }, /unknown kind "constructor"/],
    ['a newer version', { v: 2 }, /newer version 2/],
    ['an older version that nothing raises', { v: 0 }, /version 0, which nothing raises/],
    ['another shape', { payload: { text: 1 } }, /shape/],
  ])('stops at %s, and returns what came before', (_, change, why) => {
    const reading = readEvents(withSecond(change));
    expect(reading.kind).toBe('unknown');
    expect(reading.events.map(({ seq }) => seq)).toEqual([1]);
    if (reading.kind === 'unknown') {
      expect(reading.seq).toBe(2);
      expect(reading.why).toMatch(why);
    }
  });

  it('raises an old payload step by step', () => {
    const upcasters = {
      'note.added@1': (payload: unknown) => ({ words: (payload as { old: string }).old }),
      'note.added@2': (payload: unknown) => ({ text: (payload as { words: string }).words, starred: true }),
    };
    const reading = readEvents(withSecond({ payload: { old: 'from version 1' } }), upcasters, {
      ...EVENT_VERSION,
      'note.added': 3,
    });
    // Event 3 is of version 1 as well, but is not in the shape the first step raises.
    expect(reading).toMatchObject({ kind: 'unknown', seq: 3 });
    expect(reading.events[1]).toMatchObject({ v: 3, payload: { text: 'from version 1', starred: true } });
  });
});
