/** A store that takes no writes for a while: what was read is kept and written later, without an act of a person. */
import { describe, expect, it, vi } from 'vitest';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { storeError } from '#core/store/sqlite-error.ts';
import type { Store } from '#core/store/store.ts';
import { drill } from '../fixtures/drilled.ts';
import { nextEvent, send, take } from '../fixtures/steering.ts';
import { passingTime } from '../fixtures/test-ports.ts';

/** Every append fails as on a disk with an I/O error, until `mend`. */
function broken(store: Store) {
  const waiting: { readonly kind: string; readonly met: () => void }[] = [];
  const append = vi.spyOn(store, 'append').mockImplementation(async (_id, _seq, drafts) => {
    for (const { kind, met } of waiting) if (drafts.some((draft) => draft.kind === kind)) met();
    throw storeError(Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' }), store.folder);
  });
  return {
    /** Resolves when an event of this kind was refused. */
    refused: (kind: string) => new Promise<void>((met) => void waiting.push({ kind, met })),
    mend: () => append.mockRestore(),
  };
}

/** A rollback whose watch has started: the first reading is on the timeline. */
async function watching(scenario: string) {
  const story = await drill(scenario);
  const { incident, step, change } = story;
  await passingTime(incident.captured());
  await take(incident, { kind: 'run-reads', stepId: step('choose-release').id });
  await take(incident, { kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false });
  await take(incident, change('deploy-release'));
  const first = nextEvent(incident, ({ kind }) => kind === 'watch.reading');
  await send(incident, { kind: 'start-watch', stepId: step('watch').id });
  await first;
  return story;
}

const told = ({ context }: OpenIncident) =>
  new Promise<string>((resolve) => {
    context.storageHealth.follow((problem) => problem !== null && resolve(problem.message));
  });

const payloads = (incident: OpenIncident, kind: string) =>
  incident.context.eventLog.events.filter((event) => event.kind === kind);

describe('a watch whose readings cannot be written', () => {
  it('says so at once, goes on, and loses none of them', async () => {
    const { core, incident, incidentId, state } = await watching('app-rollback');
    const said = told(incident);
    const store = broken(core.services.store);
    await passingTime(store.refused('watch.reading'));
    expect(await passingTime(said)).toContain('The store cannot be written');
    await passingTime(store.refused('probe.sampled'));
    expect(state().watch?.endedAt).toBeNull();
    store.mend();
    await passingTime(incident.settled());
    expect(incident.context.storageHealth.problem).toBeNull();
    const [ended] = payloads(incident, 'watch.ended') as { payload: { completed: boolean; reason: string } }[];
    expect(ended?.payload.completed).toBe(true);
    const samples = payloads(incident, 'probe.sampled').flatMap(({ payload }) => {
      const { purpose, samples: some } = payload as { purpose: string; samples: { at: number }[] };
      return purpose === 'watch' ? some.map(({ at }) => at) : [];
    });
    expect(ended?.payload.reason).toContain(`${samples.length} probes, 0 of them bad`);
    expect(samples).toEqual([...samples].toSorted((a, b) => a - b));
    // The timeline has the time of the reading, and that of writing it.
    const late = payloads(incident, 'watch.reading').filter(({ occurredAt }) => occurredAt !== null);
    expect(late).not.toHaveLength(0);
    for (const { at, occurredAt } of late) expect(occurredAt).toBeLessThan(at);
    expect(core.services.store.verify(incidentId).ok).toBe(true);
  });

  it('keeps a regression that it found meanwhile', async () => {
    const { core, incident, state } = await watching('app-rollback-unhealthy');
    const store = broken(core.services.store);
    await passingTime(store.refused('regression.found'));
    expect(state().watch?.endedAt).toBeNull();
    store.mend();
    await passingTime(incident.settled());
    expect(payloads(incident, 'regression.found')).toHaveLength(1);
    expect(state()).toMatchObject({ watch: { endedAt: expect.any(Number) as number }, proofMetAt: null });
  });
});

describe('a command whose end cannot be written', () => {
  it('is said at once, and taken up by itself as soon as it can be: nothing is run again', async () => {
    const { core, incident, step, state } = await drill('app-rollback');
    await passingTime(incident.captured());
    const said = told(incident);
    const begun = nextEvent(incident, ({ kind }) => kind === 'run.started');
    await send(incident, { kind: 'run-reads', stepId: step('choose-release').id });
    await begun;
    const store = broken(core.services.store);
    await passingTime(store.refused('run.ended'));
    expect(await passingTime(said)).toContain('The store cannot be written');
    const over = nextEvent(incident, ({ kind }) => kind === 'act.ended');
    store.mend();
    await over;
    expect(state().asked).toBeNull();
    expect(state().problem).toBeNull();
    // The exit that was seen, not one that was found out later.
    const runs = [...state().runs.values()];
    expect(runs.map(({ exit }) => exit)).toEqual(runs.map(() => ({ kind: 'code', code: 0 })));
    expect(new Set(runs.map(({ commandId }) => commandId)).size).toBe(runs.length);
    expect(state().releases).toMatchObject({ proposed: 9 });
    await passingTime(incident.settled());
    expect(incident.context.storageHealth.problem).toBeNull();
  });
});
