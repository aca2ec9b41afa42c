/** An act in a long incident reads no more events than in a short one. Counted, not timed. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { Envelope } from '#shared/incident/event.ts';
import type { OpenCore } from '#core/core.ts';
import { windowOf } from '../../fixtures/core-window.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { membersMade } from '../../fixtures/objects-made.ts';
import { executedBy, planOf } from '../../fixtures/statements.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

const LONG = 5_000;

/** A drill with `count` stars, written by another process. The state holds each of them. */
async function longDrill({ services: { store, drills, incidents } }: OpenCore, length: number): Promise<string> {
  const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  const first = await incidents.open(id);
  await passingTime(first.captured());
  const [{ at, mono } = { at: 0, mono: 0 }] = store.events(id, 0, 1);
  const star = { at, mono, actor: 'bo', kind: 'entry.starred', v: 1 };
  for (let left = length; left > 0; left -= 1_000) {
    const drafts = Array.from({ length: Math.min(left, 1_000) }, (_, n) => ({
      ...star,
      intentId: n === 0 ? ulid() : null,
      payload: { seq: left - n, starred: true },
    }));
    await store.append(id, store.head(id).seq, drafts);
  }
  return id;
}

/** Counts the rows that the store returns, and every later access to one. */
function counting({ services: { store } }: OpenCore): { rows: number; looks: number } {
  const count = { rows: 0, looks: 0 };
  const events = store.events.bind(store);
  const counted = (row: Envelope): Envelope => {
    const { intentId } = row;
    count.rows += 1;
    return Object.defineProperty({ ...row }, 'intentId', {
      enumerable: true,
      get: () => {
        count.looks += 1;
        return intentId;
      },
    });
  };
  Object.assign(store, { events: (...args: Parameters<typeof events>) => events(...args).map(counted) });
  return count;
}

it('an act, its repeat, and a window that comes back read what is new, and nothing else', async () => {
  const core = await virtualCore();
  const id = await longDrill(core, LONG);
  await core.close();
  const again = await virtualCore(core.services.store.folder);
  const count = counting(again);
  const incident = await again.services.incidents.open(id);
  await incident.steer();
  await passingTime(incident.settled());
  expect(count.rows).toBeGreaterThan(LONG);
  const { state } = incident.context.eventLog;
  const { seq } = state;
  const [intentId, intent] = [ulid(), { kind: 'note', text: 'one more', starred: false } as const];
  const before = { ...count };
  const first = await incident.act(intent, 'ann', intentId, seq);
  expect(await incident.act(intent, 'ann', intentId, seq)).toEqual({ ...first, repeated: true });
  await windowOf(again).call('incident.follow', { incidentId: id, afterSeq: seq });
  expect(count.rows - before.rows).toBe(0);
  expect(count.looks - before.looks).toBeLessThan(20);
  expect(membersMade(state, incident.context.eventLog.state)).toBeLessThan(LONG / 2);
});

it('no statement that an act executes goes through the events of the incident', async () => {
  const core = await virtualCore();
  const id = await longDrill(core, 10);
  const incident = await core.services.incidents.open(id);
  const { seq } = incident.context.eventLog.state;
  const note = { kind: 'note', text: 'one more', starred: false } as const;
  const executed = await executedBy(() => incident.act(note, 'ann', ulid(), seq));
  const file = join(core.services.store.folder, 'rollbook.db');
  const steps = executed.filter((source) => source.includes('events')).flatMap((source) => planOf(file, source));
  expect(executed.length).toBeGreaterThan(3);
  // Found by index, by seq or intent, not by scanning the incident.
  expect(steps.filter((step) => step.includes('events') && !/seq[=>]|intent_id=|rowid=/.test(step))).toEqual([]);
  expect(steps.some((step) => step.includes('events'))).toBe(true);
});

it('opening an incident takes its runbook out of the store once, however often it is opened', async () => {
  const core = await virtualCore();
  const id = await longDrill(core, 1);
  await core.close();
  const again = await virtualCore(core.services.store.folder);
  const { runbooks } = again.services.store;
  const model = runbooks.model.bind(runbooks);
  let taken = 0;
  const counted = (...args: Parameters<typeof model>) => {
    taken += 1;
    return model(...args);
  };
  Object.assign(runbooks, { model: counted });
  const window = windowOf(again);
  await window.view(id);
  await window.view(id);
  await windowOf(again).view(id);
  expect(taken).toBe(1);
});
