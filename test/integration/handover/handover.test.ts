import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { processMark } from '#core/files/process-mark.ts';
import { testCore, virtualCore } from '../../fixtures/data-folder.ts';
import { begun, GO_ON, kindsOf, rewritten, WITHOUT } from '../../fixtures/handover-story.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { changes, firstOutput, nextEvent, send, take } from '../../fixtures/steering.ts';

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
    // Nothing that was running can add events either.
    await expect(
      incident.context.eventLog.append('rollbook', [{ kind: 'note.added', payload: { text: 'late', starred: false } }]),
    ).rejects.toMatchObject({ code: 'read-only' });
    await expect(incident.takeOver('but I want to', 'ann')).rejects.toMatchObject({ code: 'read-only' });

    const there = await virtualCore();
    const taking = there.services.handovers.take(given.path, GO_ON, 'bo');
    // Its name has the id of this process: if it is killed now, the next start removes the file.
    const unpacked = readdirSync(join(there.services.store.folder, 'handovers'));
    expect(unpacked).toEqual([expect.stringMatching(`^rollbook-incoming-${processMark()}-`)]);
    const taken = await taking;
    expect(readdirSync(join(there.services.store.folder, 'handovers'))).toEqual([]);
    expect(taken).toMatchObject({ incidentId: id, fromBy: 'ann', taken: true, leftBehind: [] });
    expect(kindsOf(there, id).slice(0, -1)).toEqual(kindsOf(core, id));
    expect(there.services.store.events(id).at(-1)).toMatchObject({
      kind: 'handover.taken',
      actor: 'bo',
      payload: { handoverId: given.handoverId, fromBy: 'ann', reason: 'my shift' },
    });
    expect(there.services.store.verify(id)).toMatchObject({ ok: true, events: given.events + 1 });
    expect(there.services.store.verify(id, core.services.store.head(id))).toMatchObject({ ok: true });

    // The other machine can read the outputs, and the drill continues with its simulated tools.
    const goesOn = await there.services.incidents.open(id);
    const [runId = ''] = [...goesOn.context.eventLog.state.runs.keys()];
    const lines = await there.services.outputs.readLines(runId, 0, 5);
    expect(lines).toEqual(await core.services.outputs.readLines(runId, 0, 5));
    expect(lines.total).toBeGreaterThan(0);
    await take(goesOn, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    expect(stepState(goesOn.context.eventLog.state, deploy.id).outcome).toBe('verified');
  });

  it('comes back: the first machine takes over what the second one added', async () => {
    const { core, id, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await virtualCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    const goesOn = await there.services.incidents.open(id);
    await take(goesOn, { kind: 'note', text: 'done over here', starred: true });
    const back = await there.services.handovers.give(id, { path: null, to: 'ann', reason: '' }, 'bo');
    await expect(handovers.take(back.path, GO_ON, 'ann')).resolves.toMatchObject({ taken: true });
    expect(core.services.store.verify(id).ok).toBe(true);
    const incident = await core.services.incidents.open(id);
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
    const there = await virtualCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    const back = await there.services.handovers.give(id, WITHOUT, 'bo');
    await handovers.take(given.path, GO_ON, 'ann');
    await take(incident, { kind: 'note', text: 'at both ends', starred: false });
    await expect(handovers.take(back.path, GO_ON, 'ann')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is refused while a command runs, and nothing is written', async () => {
    const { core, id, incident, deploy, handovers } = await begun(1);
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

  it('is taken back by itself when the file is lost at the last moment', async () => {
    const { core, id, incident, handovers } = await begun();
    const folder = join(core.services.store.folder, 'usb-stick');
    incident.follow((events) => {
      if (events.some(({ kind }) => kind === 'handover.given')) rmSync(folder, { recursive: true });
    });
    await expect(handovers.give(id, { ...WITHOUT, path: join(folder, 'x.rollbook') }, 'ann')).rejects.toMatchObject({
      code: 'store-unwritable',
    });
    expect(kindsOf(core, id).slice(-2)).toEqual(['handover.given', 'handover.taken']);
    await take(incident, { kind: 'note', text: 'still here', starred: false });
    expect(core.services.store.verify(id).ok).toBe(true);
  });

  it('is resolved: whoever takes it writes its report there, and nothing of it runs again', async () => {
    const { core, id, incident, handovers } = await begun();
    await take(incident, { kind: 'resolve', summary: 'back' });
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await virtualCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    const goesOn = await there.services.incidents.open(id);
    await take(goesOn, { kind: 'edit-report', field: 'impact', text: '410 riders could not book' });
    expect(goesOn.context.eventLog.state).toMatchObject({
      resolvedAt: expect.any(Number) as number,
      reportFields: { impact: expect.anything() as unknown },
    });
    expect(there.services.store.verify(id).ok).toBe(true);
    expect(kindsOf(there, id).slice(-3)).toEqual(['handover.given', 'handover.taken', 'report.edited']);
    await expect(take(incident, { kind: 'edit-report', field: 'impact', text: 'x' })).rejects.toMatchObject({
      code: 'read-only',
    });
    expect(core.services.store.verify(id).ok).toBe(true);
  });

  it('leaves purged contents purged', async () => {
    const { core, id, incident, handovers } = await begun();
    await take(incident, { kind: 'note', text: 'a name that must go', starred: false });
    const { seq } = core.services.store.head(id);
    await core.services.store.purgePayload(id, seq);
    const given = await handovers.give(id, WITHOUT, 'ann');
    expect(readFileSync(given.path, 'utf8')).not.toContain('a name that must go');
    const there = await virtualCore();
    await there.services.handovers.take(given.path, GO_ON, 'bo');
    expect(there.services.store.verify(id)).toMatchObject({ ok: true, purged: 1 });
    expect(there.services.store.events(id)[seq - 1]?.payload).toBeNull();
  });

  it('asks for a review of a runbook nobody has trusted there, and goes on once it is trusted', async () => {
    const story = await liveStory('app-rollback');
    const live = await declareLive(story);
    const id = live.context.incidentId;
    const given = await story.core.services.handovers.give(id, WITHOUT, 'ann');
    const there = await virtualCore();
    await expect(there.services.handovers.take(given.path, GO_ON, 'bo')).rejects.toMatchObject({ code: 'untrusted' });
    expect(there.services.store.list()).toEqual([]);
    expect(there.services.runbooks.list().map(({ hash }) => hash)).toContain(story.hash);
    await there.services.handovers.take(given.path, { ...GO_ON, trust: true }, 'bo');
    expect(there.services.store.verify(id).ok).toBe(true);
  });

  it('whose runbook calls itself the bundled one does not take its place', async () => {
    const story = await liveStory('app-rollback');
    const live = await declareLive(story);
    const given = await story.core.services.handovers.give(live.context.incidentId, WITHOUT, 'ann');
    const disguised = rewritten(given.path, (lines) =>
      lines.map((line) => {
        const value = JSON.parse(line) as { runbook?: { name: string } };
        return value.runbook === undefined || typeof value.runbook === 'string'
          ? line
          : JSON.stringify({ runbook: { ...value.runbook, name: 'bundled' } });
      }),
    );
    const there = await virtualCore();
    const { runbooks, handovers } = there.services;
    const [bundled] = runbooks.list();
    await expect(handovers.take(disguised, GO_ON, 'bo')).rejects.toMatchObject({ code: 'untrusted' });
    await runbooks.lookAgain();
    const ours = { bundled: true, trusted: true, hash: bundled?.hash };
    const theirs = { bundled: false, trusted: false, hash: story.hash, changedFrom: null };
    for (const list of [runbooks.list(), (await testCore(there.services.store.folder)).services.runbooks.list()])
      expect(list).toEqual([expect.objectContaining(ours), expect.objectContaining(theirs)]);
  });
});
