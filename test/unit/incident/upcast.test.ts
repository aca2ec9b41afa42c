import { describe, expect, it } from 'vitest';
import type { Envelope } from '#shared/incident/event.ts';
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
    expect(readEvents(events)).toEqual({ events, purged: 0, damaged: [], newer: null });
  });

  it('leaves purged events out and counts them', () => {
    const reading = readEvents(withSecond({ payload: null }));
    expect(reading).toMatchObject({ purged: 1, damaged: [], newer: null });
    expect(reading.events.map(({ seq }) => seq)).toEqual([1, 3]);
  });

  it.each([
    ['an unknown kind', { kind: 'moon.landed' }, /unknown kind "moon.landed"/],
    ['a kind that every object has', { kind: 'constructor' }, /unknown kind "constructor"/],
    ['a newer version', { v: 2 }, /newer version 2/],
  ])('stops at %s, and returns what came before', (_, change, why) => {
    const reading = readEvents(withSecond(change));
    expect(reading.events.map(({ seq }) => seq)).toEqual([1]);
    expect(reading).toMatchObject({ damaged: [], newer: { seq: 2, why: expect.stringMatching(why) } });
  });

  it.each([
    [
      'a payload that is no JSON',
      { payload: '{"text":"cut o' },
      /\(note\.added\) is damaged \(its payload is not a JSON object/,
    ],
    ['another shape', { payload: { text: 1 } }, /shape of its kind/],
    ['no moment', { at: 9e15 }, /its time is not valid/],
    ['an older version that cannot be upgraded', { v: 0 }, /version is 0, which cannot be upgraded/],
  ])('leaves out one with %s, names it, and reads the others', (_, change, why) => {
    const reading = readEvents(withSecond(change));
    expect(reading.events.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(reading).toMatchObject({ purged: 0, newer: null, damaged: [{ seq: 2, why: expect.stringMatching(why) }] });
  });

  it('names one that is missing', () => {
    const reading = readEvents(stored().filter(({ seq }) => seq !== 2));
    expect(reading).toMatchObject({ purged: 0, damaged: [{ seq: 2, why: 'is missing' }] });
    expect(readEvents(stored().slice(1)).damaged).toEqual([]);
  });

  it('upgrades an old payload version by version', () => {
    const upcasters = {
      'note.added@1': (payload: unknown) => ({ words: (payload as { old: string }).old }),
      'note.added@2': (payload: unknown) => ({ text: (payload as { words: string }).words, starred: true }),
    };
    const reading = readEvents(withSecond({ payload: { old: 'from version 1' } }), upcasters, {
      ...EVENT_VERSION,
      'note.added': 3,
    });
    // Event 3 is of version 1 as well, but is not in the shape the first step raises.
    expect(reading).toMatchObject({ damaged: [{ seq: 3 }] });
    expect(reading.events[1]).toMatchObject({ v: 3, payload: { text: 'from version 1', starred: true } });
  });
});
