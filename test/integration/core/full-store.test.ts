/** On a full disk the store can only be read: incidents are declared and continued outside of it. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { AppInfo, IncidentView, RunbookSummary } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import type { Push } from '#shared/api/pushes.ts';
import type { QuickStarted } from '#shared/api/quick-calls.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { asOfTheDead, declared, reviewed, windowOver } from '../../fixtures/broken-store.ts';
import { dataFolder, dataOnSmallDisk, testCore } from '../../fixtures/data-folder.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

type Call = Awaited<ReturnType<typeof windowOver>>['call'];

const acting =
  (call: Call, incidentId: string) =>
  async (intent: Intent): Promise<{ readonly kept: boolean }> => {
    const { events } = await call<IncidentView>('incident.open', { incidentId });
    const expectedSeq = events.at(-1)?.seq ?? 0;
    return await call('incident.act', { incidentId, intentId: ulid(), expectedSeq, intent });
  };
const note = (text: string): Intent => ({ kind: 'note', text, starred: false });

/** Its notes, once there is room and a start that can write. */
async function notesLater(data: string, incidentId: string): Promise<readonly unknown[]> {
  const core = await testCore(data);
  expect(core.services.damage()).toEqual([]);
  const { eventLog } = (await core.services.incidents.open(incidentId)).context;
  await core.close();
  return eventLog.events.flatMap((event) => (event.kind === 'note.added' ? [event.payload?.text] : []));
}

it('takes a declaration apart when the disk fills up under a window, and all of it is in the store afterwards', async ({
  skip,
}) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const { core, problem, window, call } = await windowOver(data);
  expect(problem).toBeNull();
  const other: Push[] = [];
  core.connect((push) => other.push(push));
  const hash = await reviewed(call, data);
  const first = await declared(call, hash, 'Pier down');
  // A lease that cannot be released is kept until this process ends.
  await core.services.incidents.forget(first);
  disk.fill();
  const second = await declared(call, hash, 'Pier down again');
  const { emergency } = await call<AppInfo>('app.info', {});
  expect(emergency).toMatchObject({ problem: { code: 'disk-full' }, readable: true, apart: [second] });
  expect(emergency?.folder.startsWith(data)).toBe(false);
  const ids = (await call<readonly IncidentSummary[]>('incident.list', {})).map(({ id }) => id);
  expect(ids).toEqual([second, first]);
  // The other window is told too.
  const listed = other.flatMap((push) => (push.name === 'incident.listed' ? [push.payload.summary.id] : []));
  expect(listed).toContain(second);

  const { runbook } = await call<IncidentView>('incident.open', { incidentId: second });
  const [procedure] = runbook.model.procedures;
  const change = procedure?.steps[1];
  const act = acting(call, second);
  expect(await act(note('apart from the store'))).toMatchObject({ kept: false });
  await act({ kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'the only one' });
  const changing = act({ kind: 'run-change', stepId: change?.id ?? '', commandId: change?.commands[0]?.id ?? '' });
  await expect(changing).rejects.toMatchObject({ code: 'not-allowed', message: expect.stringContaining('is full') });
  expect(await acting(call, first)(note('beside the store'))).toMatchObject({ kept: true });
  // Drills cannot be kept there.
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  expect(await window.call('drill.start', drill)).toMatchObject({ ok: false, error: { code: 'disk-full' } });
  await core.close();
  asOfTheDead(emergency?.folder ?? '');
  disk.makeRoom();
  expect(await notesLater(data, first)).toEqual(['beside the store']);
  expect(await notesLater(data, second)).toEqual([
    'apart from the store',
    expect.stringContaining('kept this incident apart'),
  ]);
  expect(existsSync(join(data, 'changed'))).toBe(false);
});

it('shows what is in it where it was full from the start, goes on in it, and declares apart with what was reviewed', async ({
  skip,
}) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const before = await windowOver(data);
  const hash = await reviewed(before.call, data);
  const first = await declared(before.call, hash, 'Pier down');
  await before.core.close();
  disk.fill();
  const { core, problem, call } = await windowOver(data);
  expect(problem).toMatchObject({ code: 'disk-full' });
  const pushes: Push[] = [];
  const window = core.connect((push) => pushes.push(push));
  await window.call('incident.open', { incidentId: first });
  await window.call('incident.follow', { incidentId: first, afterSeq: 0 });
  // That it cannot be written is told when it is opened, not when somebody has acted.
  expect(pushes.find(({ name }) => name === 'incident.unwritten')).toMatchObject({
    payload: { incidentId: first, problem: { code: 'disk-full' } },
  });
  expect(await acting(call, first)(note('beside the store'))).toMatchObject({ kept: true });
  const second = await declared(call, hash, 'Pier down again');
  expect(await acting(call, second)(note('apart'))).toMatchObject({ kept: false });
  const report = await call<{ path: string }>('report.export', { incidentId: second, path: null });
  const { emergency } = await call<AppInfo>('app.info', {});
  expect(emergency).toMatchObject({ readable: true, apart: [second] });
  await core.close();
  asOfTheDead(emergency?.folder ?? '');
  disk.makeRoom();
  expect(await notesLater(data, first)).toEqual(['beside the store']);
  expect(await notesLater(data, second)).toEqual(['apart', expect.any(String)]);
  expect(existsSync(join(data, 'reports', basename(report.path)))).toBe(true);
});

it('is gone on with by itself once it takes writes, where it could only be read before', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const { core, call } = await windowOver(data);
  const hash = await reviewed(call, data);
  const incidentId = await declared(call, hash, 'Pier down');
  const { incidents } = core.services;
  await incidents.forget(incidentId);
  disk.fill();
  expect(await acting(call, incidentId)(note('beside the store'))).toMatchObject({ kept: true });
  await incidents.steerAgain();
  const incident = await incidents.open(incidentId);
  expect(incident).toMatchObject({ steering: false, context: { storageHealth: { problem: { code: 'disk-full' } } } });
  disk.makeRoom();
  await incidents.steerAgain();
  expect(incident).toMatchObject({ steering: true, context: { storageHealth: { problem: null } } });
  await core.close();
  expect(await notesLater(data, incidentId)).toEqual(['beside the store']);
});

it('declares a quick rollback apart when the disk fills up under a window, and deploys nothing', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const tools = await simulatedTools('app-rollback');
  const file = join(dataFolder(), 'live.md');
  writeFileSync(file, liveRunbook(tools.healthUrl));
  const { call } = await windowOver(data);
  const { hash } = await call<RunbookSummary>('runbook.import', { path: file });
  await call('runbook.trust', { hash });
  const before = tools.cloud.read().releases.length;
  // Most full file systems cannot create a folder either.
  rmSync(join(data, 'work'), { recursive: true, force: true });
  writeFileSync(join(data, 'work'), '');
  disk.fill();
  const wanted = { intentId: ulid(), runbook: hash, service: 'hotdash-agent-service', version: 9, drill: null };
  const { incidentId, problem } = await call<QuickStarted>('quick.start', wanted);
  expect(problem).toMatchObject({ code: 'not-allowed', message: expect.stringContaining('the store cannot be used') });
  expect((await call<AppInfo>('app.info', {})).emergency?.apart).toEqual([incidentId]);
  expect(tools.cloud.read().releases).toHaveLength(before);
});

it('shows what a start could not put into the store because it is still full', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  // A store that another process has open can be opened on a full disk.
  await testCore(data);
  const before = await windowOver(data);
  const hash = await reviewed(before.call, data);
  disk.fill();
  const incidentId = await declared(before.call, hash, 'Pier down');
  const { emergency } = await before.call<AppInfo>('app.info', {});
  await before.core.close();
  asOfTheDead(emergency?.folder ?? '');
  const { call, problem } = await windowOver(data);
  expect(problem).toBeNull();
  expect((await call<AppInfo>('app.info', {})).emergency).toMatchObject({ readable: true, apart: [incidentId] });
  expect(await acting(call, incidentId)(note('gone on with'))).toMatchObject({ kept: false });
});
