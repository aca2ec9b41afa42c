/** Acts of people while the store takes no writes are kept in a file, and put on the timeline later. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Intent } from '#shared/incident/intent.ts';
import { activeRun } from '#shared/incident/state.ts';
import type { OpenCore } from '#core/core.ts';
import { type KeptAct, KeptActs, keptPaths } from '#core/event-log/kept-acts.ts';
import { storeError } from '#core/store/sqlite-error.ts';
import { systemPorts } from '#core/system-ports.ts';
import { dataFolder, testCore, virtualCore } from '../../fixtures/data-folder.ts';
import { drill } from '../../fixtures/drilled.ts';
import { changes, firstOutput, nextEvent, send, take } from '../../fixtures/steering.ts';
import { passingTime, virtualPorts } from '../../fixtures/test-ports.ts';

/** Makes every append fail as on a full disk, until the returned function is called. */
function fillDisk({ services: { store } }: OpenCore): () => void {
  const spy = vi.spyOn(store, 'append').mockImplementation(async () => {
    throw storeError(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }), store.folder);
  });
  return () => spy.mockRestore();
}

const said = (text: string): KeptAct => ({
  intentId: ulid(),
  actor: 'ann',
  at: 0,
  intent: { kind: 'note', text, starred: false },
});

async function onFullDisk(opening = virtualCore()) {
  const story = await drill('app-rollback', opening);
  const { core, incident, incidentId, state } = story;
  await passingTime(incident.captured());
  await passingTime(incident.settled());
  const act = (intent: Intent, intentId = ulid()) => incident.act(intent, 'ann', intentId, state().seq);
  const path = join(core.services.store.folder, 'unwritten', `${incidentId}.jsonl`);
  const notes = () =>
    incident.context.eventLog.events.flatMap((event) =>
      event.kind === 'note.added' ? [[event.payload?.text, event.occurredAt, event.actor]] : [],
    );
  return { ...story, act, path, notes, makeRoom: fillDisk(core) };
}

describe('a store that takes nothing', () => {
  it('has what people say kept in a file beside it, in its order, and put on the timeline once it takes it', async () => {
    const { incident, act, path, notes, makeRoom, state } = await onFullDisk();
    const at = incident.context.eventLog.now();
    expect(await act({ kind: 'note', text: 'failed over by hand', starred: false })).toMatchObject({ kept: true });
    expect(await act({ kind: 'note', text: 'traffic is back', starred: false })).toMatchObject({ kept: true });
    expect(notes()).toEqual([]);
    expect(incident.context.storageHealth.problem).toMatchObject({ code: 'disk-full' });
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
    makeRoom();
    expect(await act({ kind: 'note', text: 'third', starred: false })).toMatchObject({ kept: false });
    expect(notes()).toEqual([
      ['failed over by hand', at, 'ann'],
      ['traffic is back', at, 'ann'],
      ['third', null, 'ann'],
    ]);
    expect(existsSync(path)).toBe(false);
    expect(incident.context.storageHealth.problem).toBeNull();
    expect(state().resolvedAt).toBeNull();
  });

  it('lets resolve, and takes it when nobody acts any more', async () => {
    const beats = new Set<() => void>();
    const timers = {
      ...systemPorts().timers,
      every: (_ms: number, beat: () => void) => (beats.add(beat), () => beats.delete(beat)),
    };
    const opening = testCore(undefined, { ports: { ...virtualPorts(), timers } });
    const { incident, act, makeRoom, state, path } = await onFullDisk(opening);
    const at = incident.context.eventLog.now();
    await act({ kind: 'resolve', summary: 'out of our hands' });
    expect(state().resolvedAt).toBeNull();
    makeRoom();
    // The next renewal of the lease finds that writes work again.
    for (const beat of beats) beat();
    await vi.waitFor(() => expect(existsSync(path)).toBe(false));
    expect(state().resolvedAt).toBe(at);
  });

  it('keeps an act once, however often it is sent', async () => {
    const { act, notes, makeRoom } = await onFullDisk();
    const intentId = ulid();
    const note: Intent = { kind: 'note', text: 'once', starred: false };
    await act(note, intentId);
    await act(note, intentId);
    makeRoom();
    expect(await act(note, intentId)).toMatchObject({ repeated: true });
    expect(notes()).toHaveLength(1);
  });

  it('refuses what would start something, and forgets nothing of what was refused', async () => {
    const { act, step, path, state } = await onFullDisk();
    await expect(
      act({ kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false }),
    ).rejects.toBeDefined();
    const watch = step('watch').id;
    await expect(act({ kind: 'start-watch', stepId: watch })).rejects.toMatchObject({ code: 'disk-full' });
    expect(existsSync(path)).toBe(false);
    expect(state().runs.size).toBe(0);
  });

  it('lets commands that only read run: what they print is kept, and told once it takes it', async () => {
    const { core, incidentId, incident, act, path, notes, makeRoom, step, state } = await onFullDisk();
    const reads: Intent = { kind: 'run-reads', stepId: step('choose-release').id };
    const intentId = ulid();
    const at = incident.context.eventLog.now();
    expect(await passingTime(act(reads, intentId))).toMatchObject({ kept: true });
    // Sent twice it is not run twice.
    expect(await passingTime(act(reads, intentId))).toMatchObject({ kept: true });
    const kept = incident.context.storageHealth.acts.list;
    expect(kept.map(({ intent }) => intent.kind)).toEqual(step('choose-release').commands.map(() => 'note'));
    const [first] = kept;
    const said = first?.intent.kind === 'note' ? first.intent.text : '';
    expect(said).toMatch(/^`fly releases .*`, run while the timeline could not be written: exit code 0\n/);
    expect(said).toContain('registry.fly.io/');
    expect(readFileSync(path, 'utf8')).toContain('registry.fly.io/');
    await expect(
      act({ kind: 'run-reads', stepId: step('deploy-release').id, commandId: step('deploy-release').commands[0]?.id }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
    makeRoom();
    await act({ kind: 'note', text: 'after', starred: false });
    expect(notes().map(([text]) => text)).toEqual([
      ...kept.map(({ intent }) => (intent.kind === 'note' ? intent.text : '')),
      'after',
    ]);
    expect(notes()[0]?.[1]).toBeGreaterThanOrEqual(at);
    expect(await act(reads, intentId)).toMatchObject({ repeated: true });
    expect(state().runs.size).toBe(0);
    expect(core.services.store.verify(incidentId).ok).toBe(true);
  });

  it('does not keep a command from being stopped, also killed: the timeline tells it before how it ended', async () => {
    const { core, incident, step, state, change } = await drill('deploy-ignores-interrupt');
    const { eventLog, storageHealth, adapter } = incident.context;
    const act = (intent: Intent) => passingTime(incident.act(intent, 'ann', ulid(), state().seq));
    await take(incident, { kind: 'run-reads', stepId: step('choose-release').id });
    await take(incident, { kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false });
    const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
    await send(incident, change('deploy-release'));
    await started;
    const runId = activeRun(state(), 'change')?.runId ?? '';
    await firstOutput(core, runId);
    // It hangs at the first machine, and then ignores the interrupt.
    await passingTime(adapter.clock.sleep(30_000));
    const makeRoom = fillDisk(core);
    const at = eventLog.now();
    await expect(act({ kind: 'stop-run', runId, how: 'kill' })).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await act({ kind: 'stop-run', runId, how: 'interrupt' })).toMatchObject({ kept: true });
    expect(storageHealth.stopOf(runId)).toMatchObject({ how: 'interrupt' });
    await passingTime(adapter.clock.sleep(61_000));
    expect(await act({ kind: 'stop-run', runId, how: 'kill' })).toMatchObject({ kept: true });
    await passingTime(adapter.clock.sleep(10_000));
    expect(incident.context.running.has(runId)).toBe(true);
    makeRoom();
    await passingTime(incident.settled());
    const told = eventLog.events.flatMap(({ kind, occurredAt, payload }) =>
      (kind === 'run.stop-asked' || kind === 'run.ended') && payload?.runId === runId ? [[kind, occurredAt]] : [],
    );
    expect(told.map(([kind]) => kind)).toEqual(['run.stop-asked', 'run.stop-asked', 'run.ended']);
    expect(told[0]?.[1]).toBe(at);
    expect(storageHealth.acts.list).toEqual([]);
    expect(state().runs.get(runId)).toMatchObject({ stopAsked: { how: 'kill' } });
    expect(core.services.store.verify(incident.context.incidentId).ok).toBe(true);
  });

  it('has it kept in the temporary folder where the data folder takes nothing, also for the next start', async () => {
    const { core, incident, incidentId, act, path, makeRoom } = await onFullDisk();
    const [, temporary = ''] = keptPaths(core.services.store.folder, incidentId);
    onTestFinished(() => rmSync(dirname(temporary), { recursive: true, force: true }));
    writeFileSync(dirname(path), 'no folder');
    await act({ kind: 'note', text: 'elsewhere', starred: false });
    expect(incident.context.storageHealth.acts).toMatchObject({ path: temporary, list: [{ actor: 'ann' }] });
    expect(statSync(dirname(temporary)).mode & 0o777).toBe(0o700);
    const { folder } = core.services.store;
    // Killed before it could write any of them.
    const kept = readFileSync(temporary, 'utf8');
    makeRoom();
    await core.close();
    mkdirSync(dirname(temporary), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, kept);
    const again = await (await virtualCore(folder)).services.incidents.open(incidentId);
    await again.steer();
    await vi.waitFor(() => expect(again.context.eventLog.events.at(-1)?.payload).toMatchObject({ text: 'elsewhere' }));
    await vi.waitFor(() => expect(existsSync(dirname(temporary))).toBe(false));
  });

  it('trusts no file of a folder that others may write', async () => {
    const { core, incidentId, act, path } = await onFullDisk();
    const [, temporary = '', inMemory = ''] = keptPaths(core.services.store.folder, incidentId);
    for (const each of [temporary, inMemory]) {
      mkdirSync(dirname(each), { recursive: true });
      chmodSync(dirname(each), 0o777);
      onTestFinished(() => rmSync(dirname(each), { recursive: true, force: true }));
    }
    writeFileSync(dirname(path), 'no folder');
    await act({ kind: 'note', text: 'nowhere', starred: false });
    expect([temporary, inMemory].filter((each) => existsSync(each))).toEqual([]);
  });

  it('has it kept in memory where no file can be written, and says so', async () => {
    const { core, incidentId, incident, act, notes, makeRoom } = await onFullDisk();
    for (const each of keptPaths(core.services.store.folder, incidentId)) {
      writeFileSync(dirname(each), 'no folder');
      onTestFinished(() => rmSync(dirname(each), { recursive: true, force: true }));
    }
    await act({ kind: 'note', text: 'in memory', starred: false });
    expect(incident.context.storageHealth.acts).toMatchObject({ path: null, list: [{ actor: 'ann' }] });
    makeRoom();
    await act({ kind: 'note', text: 'later', starred: false });
    expect(notes().map(([text]) => text)).toEqual(['in memory', 'later']);
  });

  it('is met by the next start with what was kept: redacted, as of when it was done', async () => {
    const { core, incident, incidentId, act, path, makeRoom } = await onFullDisk();
    const at = incident.context.eventLog.now();
    await act({ kind: 'note', text: 'key ghp_abcdefghijklmnopqrstuvwxyz0123456789', starred: false });
    expect(readFileSync(path, 'utf8')).not.toContain('ghp_abcdef');
    // An incomplete last line, as after a kill, stays in the file.
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"intentId":"01`);
    makeRoom();
    const { folder } = core.services.store;
    const kept = readFileSync(path, 'utf8');
    rmSync(path);
    await core.close();
    writeFileSync(path, kept);
    const next = await virtualCore(folder);
    const again = await next.services.incidents.open(incidentId);
    await again.steer();
    await vi.waitFor(() =>
      expect(again.context.eventLog.events.filter(({ kind }) => kind === 'note.added')).toMatchObject([
        { occurredAt: at, payload: { text: 'key [redacted]' } },
      ]),
    );
    await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe('{"intentId":"01\n'));
    expect(next.services.store.verify(incidentId).ok).toBe(true);
  });

  it('is read again though the line before it was cut off', () => {
    const [folder, incidentId] = [dataFolder(), ulid()];
    const [path = ''] = keptPaths(folder, incidentId);
    mkdirSync(dirname(path), { mode: 0o700 });
    writeFileSync(path, '{"intentId":"01');
    const note = said('after a line that was cut off');
    new KeptActs(folder, incidentId).add(note);
    expect(new KeptActs(folder, incidentId).list).toEqual([note]);
  });

  it('stays when another Rollbook puts what it has kept itself on the timeline', () => {
    const [folder, incidentId] = [dataFolder(), ulid()];
    const [one, other] = [new KeptActs(folder, incidentId), new KeptActs(folder, incidentId)];
    const [first, second] = [said('in a window'), said('in a terminal')];
    one.add(first);
    other.add(second);
    one.drop(first.intentId);
    expect(new KeptActs(folder, incidentId).list).toEqual([second]);
  });

  it('is put on the timeline by the next start though nobody opens that incident, unless another Rollbook works on it', async () => {
    const { core, incidentId, act, path } = await onFullDisk();
    await act({ kind: 'note', text: 'said in the night', starred: false });
    const { folder } = core.services.store;
    const texts = async (next: OpenCore) =>
      next.services.store.events(incidentId).flatMap(({ kind, payload }) => (kind === 'note.added' ? [payload] : []));
    const beside = await virtualCore(folder);
    expect(await texts(beside)).toEqual([]);
    await beside.close();
    await core.close();
    expect(readFileSync(path, 'utf8')).toContain('said in the night');
    const next = await virtualCore(folder);
    expect(await texts(next)).toMatchObject([{ text: 'said in the night' }]);
    expect(next.services.store.leases.holder(incidentId)).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('has an act that is not allowed any more told as a note', async () => {
    const { core, incidentId, act, makeRoom, notes, incident } = await onFullDisk();
    await act({ kind: 'confirm-symptom-gone', observed: 'all fine' }).catch(() => undefined);
    await act({ kind: 'resolve', summary: 'one' });
    await act({ kind: 'resolve', summary: 'two' });
    makeRoom();
    await act({ kind: 'note', text: 'after', starred: false });
    expect(notes().map(([text]) => text)).toContainEqual(expect.stringMatching(/resolve: two \(not taken later: /));
    expect(incident.context.eventLog.state.resolvedAt).not.toBeNull();
    expect(core.services.store.verify(incidentId).ok).toBe(true);
  });

  it('is no reason to stay: Rollbook ends, and what was kept waits in its file', async () => {
    const { core, act, path } = await onFullDisk();
    await act({ kind: 'note', text: 'kept', starred: false });
    // What the symptom probe saw meanwhile cannot be written either.
    await passingTime(core.services.clock.sleep(60_000));
    await passingTime(core.close());
    expect(readFileSync(path, 'utf8')).toContain('kept');
  });
});
