/** A store that cannot be opened: what can be done without it, that nothing of it is lost, and that its file stays as it is. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import type { AppInfo, IncidentSummary, IncidentView, RunbookSummary } from '#shared/contract/calls.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { openCoreOrEmergency } from '#core/emergency/emergency-core.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { verifyIncident } from '#core/verify/verify-incident.ts';

const NO_DATABASE = 'This is no database at all.\n'.repeat(500);

async function windowOver(folder: string) {
  const { core, problem } = await openCoreOrEmergency({ host: 'loopback', folder });
  onTestFinished(() => core.close());
  const window = core.connect(() => undefined);
  const call = async <T>(name: string, args: object): Promise<T> => {
    const answer = await window.call(name, args);
    if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.value as T;
  };
  return { core, problem, window, call };
}

/** Where it is kept apart. */
function emergencyFolders(folder: string): readonly string[] {
  const parent = join(folder, 'emergency');
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}

function brokenStore(): string {
  const folder = dataFolder();
  writeFileSync(join(folder, 'rollbook.db'), NO_DATABASE);
  return folder;
}

/** As a kill leaves it: its name tells of a process that is not there any more. */
function asOfTheDead(folder: string): string {
  const dead = join(dirname(folder), basename(folder).replace(/\.\d+\./, `.${2 ** 22 + 1}.`));
  renameSync(folder, dead);
  return dead;
}

const RUNBOOK = (folder: string): string => `---
rollbook: 1
title: Pier rollback
services:
  pier: { title: Pier, platform: fly, health: "http://127.0.0.1:9/" }
---

# Pier rollback

## Option 1: Look and change

**Use when**: the pier is down

1. **Look**
   \`\`\`bash effect=read
   echo the pier stands
   \`\`\`
2. **Change**
   \`\`\`bash effect=change
   touch ${join(folder, 'changed')}
   \`\`\`
`;

/** Declared in a window, looked at, and written about. */
async function workedOn(folder: string) {
  const { core, call } = await windowOver(folder);
  const file = join(dataFolder(), 'pier.md');
  writeFileSync(file, RUNBOOK(folder));
  const { hash } = await call<RunbookSummary>('runbook.import', { path: file });
  await call('runbook.trust', { hash });
  const { incidentId } = await call<{ incidentId: string }>('incident.declare', {
    intentId: ulid(),
    runbook: hash,
    severity: 'P0',
    rowLine: null,
    title: 'Pier down',
    symptom: 'gone',
    service: 'pier',
    detectedAt: Date.now() - 60_000,
  });
  const { runbook } = await call<IncidentView>('incident.open', { incidentId });
  const [look, change] = runbook.model.procedures[0]?.steps ?? [];
  const incident = await core.services.desk.open(incidentId);
  const act = async (intent: Intent): Promise<void> => {
    const expectedSeq = incident.scene.journal.state.seq;
    await call('incident.act', { incidentId, intentId: ulid(), expectedSeq, intent });
    await incident.settled();
  };
  await act({ kind: 'choose-procedure', procedureId: runbook.model.procedures[0]?.id ?? '', reason: 'the only one' });
  await act({ kind: 'run-reads', stepId: look?.id ?? '' });
  await act({ kind: 'note', text: 'looked at the pier', starred: false });
  const changing = act({ kind: 'run-change', stepId: change?.id ?? '', commandId: change?.commands[0]?.id ?? '' });
  return { core, call, hash, incidentId, changing };
}

it('reads, declares and notes; starts no change, answers nothing of what is out of reach, and leaves the file as it was', async () => {
  const folder = brokenStore();
  const { problem, window, call } = await windowOver(folder);
  expect(problem).toMatchObject({ code: 'store-corrupt' });
  expect(await call<AppInfo>('app.info', {})).toMatchObject({ readOnly: null, emergency: { problem } });
  const bundled = (await call<readonly RunbookSummary[]>('runbook.list', {})).find((summary) => summary.bundled);
  expect(await window.call('runbook.search', { hash: bundled?.hash, query: 'rollback' })).toMatchObject({ ok: true });
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  const asked: readonly (readonly [string, object])[] = [
    ['drill.start', drill],
    ['drill.book', {}],
    ['readiness.read', {}],
    ['no-such-call', {}],
  ];
  for (const [name, args] of asked) expect(await window.call(name, args), name).toEqual({ ok: false, error: problem });
  const { core, changing } = await workedOn(folder);
  await expect(changing).rejects.toMatchObject({
    code: 'not-allowed',
    message: expect.stringContaining(problem?.message ?? 'a problem'),
  });
  expect(existsSync(join(folder, 'changed'))).toBe(false);
  await core.close();
  expect(readFileSync(join(folder, 'rollbook.db'), 'utf8')).toBe(NO_DATABASE);
});

it('leaves nothing behind where nothing was done', async () => {
  const folder = brokenStore();
  const { core } = await windowOver(folder);
  await core.close();
  expect(readdirSync(folder)).toEqual(['rollbook.db']);
});

it('has what was done put into the store when that opens again, once, with its runbook, its output and its proof', async () => {
  const folder = brokenStore();
  const { core, hash, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  const head = core.services.store.head(incidentId);
  await core.close();
  const left = asOfTheDead(emergencyFolders(folder)[0] ?? '');
  const copy = join(dataFolder(), 'copy');
  cpSync(left, copy, { recursive: true });
  rmSync(join(folder, 'rollbook.db'));
  const next = await testCore(folder);
  const { store, desk, runbooks } = next.services;
  expect(next.services.damage()).toEqual([]);
  expect(store.chain(incidentId)[head.seq - 1]?.hash).toBe(head.hash);
  expect(runbooks.list().find((each) => each.hash === hash)).toMatchObject({ trusted: true });
  expect(desk.list()).toMatchObject([{ id: incidentId, title: 'Pier down', status: 'open' }]);
  const { journal } = (await desk.open(incidentId)).scene;
  const notes = journal.events.flatMap(({ kind, payload }) => (kind === 'note.added' ? [payload?.text] : []));
  expect(notes).toEqual(['looked at the pier', expect.stringContaining('kept this incident apart')]);
  const [run] = [...journal.state.runs.values()];
  const { lines } = await next.services.outputs.readLines(run?.runId ?? '', 0, 10);
  expect(lines.map(({ text }) => text)).toEqual(['the pier stands']);
  expect((await verifyIncident(next.services, incidentId, null)).ok).toBe(true);
  expect(emergencyFolders(folder)).toEqual([]);
  const taken = store.head(incidentId);
  await next.close();
  // Killed before it was removed.
  cpSync(copy, left, { recursive: true });
  chmodSync(dirname(left), 0o700);
  const again = await testCore(folder);
  expect(emergencyFolders(folder)).toEqual([]);
  expect(again.services.store.head(incidentId)).toEqual(taken);
});

it('goes on where a Rollbook was killed that worked without the store', async () => {
  const folder = brokenStore();
  const { core, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  await core.close();
  asOfTheDead(emergencyFolders(folder)[0] ?? '');
  const { call } = await windowOver(folder);
  expect(await call<readonly IncidentSummary[]>('incident.list', {})).toMatchObject([{ id: incidentId }]);
  expect(emergencyFolders(folder)).toHaveLength(1);
});

it('leaves alone what another Rollbook that lives is working on', async () => {
  const folder = brokenStore();
  const { incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  rmSync(join(folder, 'rollbook.db'));
  const next = await testCore(folder);
  expect(next.services.store.incident(incidentId)).toBeNull();
  expect(emergencyFolders(folder)).toHaveLength(1);
});

it('keeps what cannot be taken in, and says where it is', async () => {
  const folder = dataFolder();
  const left = join(folder, 'emergency', 'rollbook-emergency-0-abcdef');
  mkdirSync(left, { recursive: true, mode: 0o700 });
  const broken = await windowOver(brokenStore());
  const name = basename(broken.core.services.store.folder).replace(/\.\d+\./, `.${2 ** 22 + 1}.`);
  const path = join(folder, 'emergency', name);
  renameSync(left, path);
  writeFileSync(join(path, 'rollbook.db'), NO_DATABASE);
  const { services } = await testCore(folder);
  expect(services.damage()).toMatchObject([{ code: 'store-corrupt', message: expect.stringContaining(path) }]);
  expect(readFileSync(join(path, 'rollbook.db'), 'utf8')).toBe(NO_DATABASE);
});

it('lies in the temporary folder where the data folder takes nothing', async () => {
  const file = join(dataFolder(), 'a file');
  writeFileSync(file, '');
  const { core, problem } = await windowOver(join(file, 'data'));
  expect(problem).not.toBeNull();
  expect(dirname(dirname(core.services.store.folder))).toBe(process.env['TMPDIR'] ?? '/tmp');
  await core.close();
  expect(existsSync(dirname(core.services.store.folder))).toBe(false);
});

it('is the core itself where the store opens', async () => {
  const { problem, window, call } = await windowOver(dataFolder());
  expect(problem).toBeNull();
  expect((await call<AppInfo>('app.info', {})).emergency).toBeUndefined();
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  expect(await window.call('drill.start', drill)).toMatchObject({ ok: true });
});
