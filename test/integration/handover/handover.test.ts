import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { canonical } from '#shared/incident/canonical.ts';
import { stepState } from '#shared/incident/state.ts';
import type { OpenCore } from '#core/core.ts';
import { sha256 } from '#core/store/sha256.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { changes, firstOutput, nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';

const WITHOUT = { path: null, to: 'bo', reason: 'end of the shift' };
const GO_ON = { trust: false, reason: 'my shift' };

/** A drill in which the releases were read and one was chosen. */
async function begun(speed = 600) {
  const core = await testCore();
  const { drills, desk } = core.services;
  const id = await drills.start({ scenario: 'app-rollback', speed, actor: 'ann', intentId: ulid() });
  const incident = await desk.open(id);
  await incident.captured();
  const { choose, deploy } = stepsOf(incident);
  await take(incident, { kind: 'run-reads', stepId: choose.id });
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
  return { core, id, incident, choose, deploy, desk, handovers: core.services.handovers };
}

const kindsOf = (core: OpenCore, id: string): readonly string[] =>
  core.services.store.events(id).map(({ kind }) => kind);

/** The bundle with its lines changed, and an end that fits them. */
function rewritten(path: string, change: (lines: string[]) => string[]): string {
  const lines = change(readFileSync(path, 'utf8').trimEnd().split('\n').slice(0, -1));
  const body = lines.map((line) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const other = join(dataFolder(), 'other.rollbook');
  writeFileSync(other, `${body}${JSON.stringify({ end: { lines: lines.length, sha256 } })}\n`);
  return other;
}

describe('an open incident is handed over', () => {
  it('goes on on another machine: one chain, the takeover on it, outputs and all; the first copy is read-only', async () => {
    const { core, id, incident, handovers, deploy } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    expect(statSync(given.path).mode & 0o777).toBe(0o600);
    expect(given.sha256).toBe(createHash('sha256').update(readFileSync(given.path)).digest('hex'));
    await expect(send(incident, { kind: 'note', text: 'late', starred: false })).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('handed it over to bo') as string,
    });
    await expect(incident.takeOver('but I want to', 'ann')).rejects.toMatchObject({ code: 'read-only' });

    const there = await testCore();
    const taken = await there.services.handovers.take(given.path, GO_ON, 'bo');
    expect(taken).toMatchObject({ incidentId: id, fromBy: 'ann', taken: true, leftBehind: [] });
    expect(kindsOf(there, id).slice(0, -1)).toEqual(kindsOf(core, id));
    expect(there.services.store.events(id).at(-1)).toMatchObject({
      kind: 'handover.taken',
      actor: 'bo',
      payload: { handoverId: given.handoverId, fromBy: 'ann', reason: 'my shift' },
    });
    expect(there.services.store.verify(id)).toMatchObject({ ok: true, events: given.events + 1 });
    expect(there.services.store.verify(id, core.services.store.head(id))).toMatchObject({ ok: true });

    // Outputs are readable over there, and the drill goes on from where its tools stand.
    const goesOn = await there.services.desk.open(id);
    const [runId = ''] = Object.keys(goesOn.scene.journal.state.runs);
    const lines = await there.services.outputs.readLines(runId, 0, 5);
    expect(lines).toEqual(await core.services.outputs.readLines(runId, 0, 5));
    expect(lines.total).toBeGreaterThan(0);
    expect(there.services.store.evidence.ofIncident(id)).toEqual(core.services.store.evidence.ofIncident(id));
    await take(goesOn, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    expect(stepState(goesOn.scene.journal.state, deploy.id).outcome).toBe('verified');
  });

  it('comes back: the first machine takes over what the second one added', async () => {
    const { core, id, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await testCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    const goesOn = await there.services.desk.open(id);
    await take(goesOn, { kind: 'note', text: 'done over here', starred: true });
    const back = await there.services.handovers.give(id, { path: null, to: 'ann', reason: '' }, 'bo');
    await expect(handovers.take(back.path, GO_ON, 'ann')).resolves.toMatchObject({ taken: true });
    expect(core.services.store.verify(id).ok).toBe(true);
    const incident = await core.services.desk.open(id);
    await take(incident, { kind: 'note', text: 'and here again', starred: false });
    expect(kindsOf(core, id).slice(-5)).toEqual([
      'handover.taken',
      'note.added',
      'handover.given',
      'handover.taken',
      'note.added',
    ]);
  });

  it('is taken back by importing its own bundle; a second import changes nothing', async () => {
    const { core, id, incident, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    await expect(handovers.take(given.path, GO_ON, 'ann')).resolves.toMatchObject({ taken: true });
    await take(incident, { kind: 'note', text: 'mine again', starred: false });
    const before = kindsOf(core, id);
    await expect(handovers.take(given.path, GO_ON, 'ann')).resolves.toMatchObject({ taken: false });
    expect(kindsOf(core, id)).toEqual(before);
  });

  it('refuses a bundle when both copies went on', async () => {
    const { id, incident, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await testCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    const back = await there.services.handovers.give(id, WITHOUT, 'bo');
    await handovers.take(given.path, GO_ON, 'ann');
    await take(incident, { kind: 'note', text: 'at both ends', starred: false });
    await expect(handovers.take(back.path, GO_ON, 'ann')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is refused while a command runs, and nothing is written', async () => {
    const { core, id, incident, deploy, handovers } = await begun(10);
    const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
    await send(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    const { runId } = (await started).payload as { runId: string };
    await firstOutput(core, runId);
    const path = join(core.services.store.folder, 'x.rollbook');
    await expect(handovers.give(id, { ...WITHOUT, path }, 'ann')).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('fly deploy') as string,
    });
    expect(existsSync(path)).toBe(false);
    expect(kindsOf(core, id)).not.toContain('handover.given');
  });

  it('never writes over a file, and stays here when the file cannot be written', async () => {
    const { core, id, handovers } = await begun();
    const path = join(core.services.store.folder, 'rollbook.db');
    await expect(handovers.give(id, { ...WITHOUT, path }, 'ann')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(handovers.give(id, { ...WITHOUT, path: `${path}/x` }, 'ann')).rejects.toMatchObject({
      code: 'store-unwritable',
    });
    expect(kindsOf(core, id)).not.toContain('handover.given');
  });

  it('leaves purged contents purged', async () => {
    const { core, id, incident, handovers } = await begun();
    await take(incident, { kind: 'note', text: 'a name that must go', starred: false });
    const { seq } = core.services.store.head(id);
    await core.services.store.purgePayload(id, seq);
    const given = await handovers.give(id, WITHOUT, 'ann');
    expect(readFileSync(given.path, 'utf8')).not.toContain('a name that must go');
    const there = await testCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    expect(there.services.store.verify(id)).toMatchObject({ ok: true, purged: 1 });
    expect(there.services.store.events(id)[seq - 1]?.payload).toBeNull();
  });

  it('asks for a review of a runbook nobody has trusted there, and goes on once it is trusted', async () => {
    const story = await liveStory('app-rollback');
    const live = await declareLive(story);
    const id = live.scene.incidentId;
    const given = await story.core.services.handovers.give(id, WITHOUT, 'ann');
    const there = await testCore();
    await expect(there.services.handovers.take(given.path, GO_ON, 'bo')).rejects.toMatchObject({ code: 'untrusted' });
    expect(there.services.store.list()).toEqual([]);
    expect(there.services.runbooks.list().map(({ hash }) => hash)).toContain(story.hash);
    await there.services.handovers.take(given.path, { ...GO_ON, trust: true }, 'bo');
    expect(there.services.store.verify(id).ok).toBe(true);
  });
});

describe('a bundle that is not as it was written is refused, and says why', () => {
  const refusal = async (damage: (path: string) => string): Promise<string> => {
    const { id, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await testCore();
    const problem = await there.services.handovers.take(damage(given.path), GO_ON, 'bo').then(
      () => null,
      (thrown: Error & { code: string }) => thrown,
    );
    expect(problem).toMatchObject({ code: 'unreadable-file' });
    expect(there.services.store.list()).toEqual([]);
    return problem?.message ?? '';
  };
  const edit = (change: (text: string) => string) => (path: string) => {
    const other = join(dataFolder(), 'other.rollbook');
    writeFileSync(other, change(readFileSync(path, 'utf8')));
    return other;
  };
  const dropping = (fits: (line: string) => boolean) => (path: string) =>
    rewritten(path, (lines) => lines.filter((line) => !fits(line)));

  it.each<[string, (path: string) => string, RegExp]>([
    ['no bundle', edit(() => '# A report'), /no handover bundle/],
    ['cut off', edit((text) => text.slice(0, -400)), /cut off/],
    ['cut off at a line', edit((text) => text.split('\n').slice(0, -2).join('\n')), /the end is missing/],
    ['one letter changed', edit((text) => text.replace('"actor":"ann"', '"actor":"eve"')), /hash its end names/],
    ['a newer one', edit((text) => text.replace('"version":1', '"version":2')), /newer Rollbook: bundle version 2/],
    [
      'an event rewritten',
      (path) => rewritten(path, (lines) => lines.map((line) => line.replace('"actor":"ann"', '"actor":"eve"'))),
      /timeline does not verify/,
    ],
    ['an event left out', dropping((line) => line.includes('"seq":3,')), /Event 3 is missing/],
    [
      'no handover at its end',
      dropping((line) => line.includes('"kind":"handover.given"')),
      /does not end with the handover/,
    ],
    [
      'an output changed',
      (path) =>
        rewritten(path, (lines) => {
          const at = lines.findIndex((line) => line.startsWith('{"bytes"'));
          const { bytes } = JSON.parse(lines[at] ?? '') as { bytes: string };
          const changed = Buffer.from(bytes, 'base64').fill(120, 0, 1).toString('base64');
          return lines.with(at, JSON.stringify({ bytes: changed }));
        }),
      /was changed/,
    ],
    [
      'a file outside of the outputs',
      (path) =>
        rewritten(path, (lines) => lines.map((line) => line.replace('"path":"outputs/', '"path":"../outputs/'))),
      /is not one of a bundle/,
    ],
    [
      'a command that the runbook does not have',
      (path) => rewritten(path, (lines) => lines.map((line) => (line.startsWith('{"runbook":{') ? evil(line) : line))),
      /not what its text says/,
    ],
  ])('%s', async (_name, damage, why) => {
    expect(await refusal(damage)).toMatch(why);
  });
});

/** The model runs something else; its hash is made to fit. */
function evil(line: string): string {
  const { runbook } = JSON.parse(line) as {
    runbook: { hash: string; modelVersion: number; modelHash: string; model: { procedures: { title: string }[] } };
  };
  const model = JSON.parse(JSON.stringify(runbook.model).replaceAll('fly releases', 'rm -rf')) as typeof runbook.model;
  const modelHash = sha256(`${runbook.hash}\n${runbook.modelVersion}\n${canonical(model)}`);
  return JSON.stringify({ runbook: { ...runbook, model, modelHash } });
}
