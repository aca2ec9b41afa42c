import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { RollbookError } from '#shared/contract/result.ts';
import { runCommand } from '#core/incidents/command-run.ts';
import { activeRun, stepState } from '#shared/incident/state.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

async function drill(scenario: string, folder = dataFolder()) {
  const core = await virtualCore(folder);
  const incidentId = await core.services.drills.start({ scenario, speed: 600, actor: 'ann', intentId: ulid() });
  const incident = await core.services.desk.open(incidentId);
  return { core, folder, incidentId, incident, ...stepsOf(incident) };
}

describe('steering an incident', () => {
  it('goes on when a window that follows it cannot be told any more', async () => {
    const { incident, choose } = await drill('app-rollback');
    incident.follow(() => {
      throw new Error('the window is gone');
    });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    expect(incident.scene.journal.state).toMatchObject({ asked: null, releases: { proposed: 9 } });
  });

  it('two windows that open it at once look for what was under way only once', async () => {
    const { core, folder, incidentId, incident, choose } = await drill('app-rollback');
    const intended = {
      runId: ulid(),
      stepId: choose.id,
      commandId: 'c',
      effect: 'read',
      template: 'fly status',
      shown: 'fly status',
      binary: '/bin/fly',
      toolVersion: '',
      cwd: '/',
      usualMs: null,
    } as const;
    await incident.scene.journal.append('ann', [{ kind: 'run.intended', payload: intended }]);
    const { runs } = incident.scene.store;
    const { runId, stepId, commandId } = intended;
    const none = { pid: null, pgid: null, startTime: null, output: null };
    await runs.add({ runId, incidentId, stepId, commandId, state: 'intended', ...none });
    await core.close();
    const again = await (await virtualCore(folder)).services.desk.open(incidentId);
    await Promise.all([again.steer(), again.steer()]);
    await passingTime(again.settled());
    expect(again.scene.journal.events.filter(({ kind }) => kind === 'run.ended')).toHaveLength(1);
  });

  it('a process that cannot be made leaves no command that seems to run', async () => {
    const { incident, choose } = await drill('app-rollback');
    const spawner = {
      spawn: async () => {
        throw new RollbookError('environment', 'fly could not be started.', 'Look at the working folder.');
      },
    };
    const [command] = choose.commands;
    if (command === undefined) throw new Error('choosing a release reads');
    const { scene } = incident;
    const run = runCommand(
      { ...scene, adapter: { ...scene.adapter, spawner } },
      choose,
      { ...command, effect: 'read' },
      'ann',
    );
    await expect(run).rejects.toMatchObject({ code: 'environment' });
    expect(activeRun(scene.journal.state)).toBeNull();
  });

  it("a deploy that failed can be made once more: its own release is nobody else's", async () => {
    const { incident, choose, deploy } = await drill('app-rollback-unhealthy');
    const change = { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' } as const;
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await take(incident, change);
    expect(stepState(incident.scene.journal.state, deploy.id).outcome).toBe('failed');
    await take(incident, { kind: 'reopen-step', stepId: deploy.id, reason: 'tried once more' });
    await take(incident, change);
    const { state } = incident.scene.journal;
    expect(state.problem).toBeNull();
    expect(Object.values(state.runs).filter(({ effect }) => effect === 'change')).toHaveLength(2);
  });

  it('only the step that chooses a release takes a choice', async () => {
    const { incident, choose, deploy } = await drill('app-rollback');
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    const wrong = send(incident, { kind: 'choose-release', stepId: deploy.id, version: 9, immediate: false });
    await expect(wrong).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('what a person types is redacted before it is stored', async () => {
    const { core, incident, incidentId } = await drill('app-rollback');
    const token = `fo1_${'x'.repeat(32)}`;
    await take(incident, { kind: 'note', text: `I used ${token}`, starred: false });
    const stored = JSON.stringify(core.services.store.events(incidentId));
    expect(stored).toContain('I used');
    expect(stored).not.toContain(token);
  });

  it('an event that another process appended in between loses nothing of ours', async () => {
    const { core, incident, incidentId } = await drill('app-rollback');
    const { journal, store } = incident.scene;
    const note = (text: string) => ({ kind: 'note.added', payload: { text, starred: false } }) as const;
    let others = 0;
    const drafts = (): readonly ReturnType<typeof note>[] => {
      others += 1;
      const { at, mono } = journal.envelopes[0] as { at: number; mono: number };
      const head = store.head(incidentId).seq;
      if (others === 1) void store.append(incidentId, head, [{ ...note('theirs'), at, mono, actor: 'bo', v: 1 }]);
      return [note('ours')];
    };
    await journal.append('ann', drafts);
    const texts = core.services.store
      .events(incidentId)
      .flatMap(({ payload }) => (payload as { text?: string }).text ?? []);
    expect(texts).toEqual(['theirs', 'ours']);
  });
});
