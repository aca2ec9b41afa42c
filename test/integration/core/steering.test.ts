import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { RollbookError } from '#shared/api/result.ts';
import { runCommand } from '#core/engine/run-command.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { activeRun, stepState } from '#shared/incident/state.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

async function drill(scenario: string, folder = dataFolder()) {
  const core = await virtualCore(folder);
  const incidentId = await core.services.drills.start({ scenario, speed: 600, actor: 'ann', intentId: ulid() });
  const incident = await core.services.incidents.open(incidentId);
  return { core, folder, incidentId, incident, ...stepsOf(incident) };
}

/** The timeline of a Rollbook that ended between the intent and the start of the process. */
async function intend(incident: OpenIncident, stepId: string, effect: 'read' | 'change'): Promise<void> {
  const payload = {
    runId: ulid(),
    stepId,
    commandId: 'c',
    effect,
    template: 'fly status',
    shown: 'fly status',
    binary: '/bin/fly',
    toolVersion: '',
    cwd: '/',
    usualMs: null,
  };
  await incident.context.eventLog.append('ann', [{ kind: 'run.intended', payload }]);
}

describe('steering an incident', () => {
  it('goes on when a window that follows it cannot be told any more', async () => {
    const { incident, choose } = await drill('app-rollback');
    incident.follow(() => {
      throw new Error('the window is gone');
    });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    expect(incident.context.eventLog.state).toMatchObject({ asked: null, releases: { proposed: 9 } });
  });

  it('two windows that open it at once look for what was under way only once', async () => {
    const { core, folder, incidentId, incident, choose } = await drill('app-rollback');
    await intend(incident, choose.id, 'read');
    await core.close();
    const again = await (await virtualCore(folder)).services.incidents.open(incidentId);
    await Promise.all([again.steer(), again.steer()]);
    await passingTime(again.settled());
    expect(again.context.eventLog.events.filter(({ kind }) => kind === 'run.ended')).toHaveLength(1);
  });

  it('a command of which nothing can be found out is said, its step is interrupted, and everything else is possible', async () => {
    const { core, folder, incidentId, incident, deploy } = await drill('app-rollback');
    await intend(incident, deploy.id, 'change');
    await core.close();
    const again = await (await virtualCore(folder)).services.incidents.open(incidentId);
    const find = (): never => {
      throw new Error('its keeper cannot be read');
    };
    Object.assign(again.context, { reattacher: { ...again.context.reattacher, find } });
    await again.steer();
    await passingTime(again.settled());
    const { state, events } = again.context.eventLog;
    expect(stepState(state, deploy.id)).toMatchObject({
      outcome: 'interrupted',
      reason: 'Its result could not be determined: its keeper cannot be read',
    });
    expect(activeRun(state)).toBeNull();
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'note.added',
        payload: {
          text: 'fly status: Its result could not be determined: its keeper cannot be read',
          starred: true,
        },
      }),
    );
    await send(again, { kind: 'resolve', summary: 'by hand' });
  });

  it('what a living Rollbook broke off, or let go of, is not said to have ended with it', async () => {
    const { incident, choose } = await drill('app-rollback');
    const { eventLog } = incident.context;
    await passingTime(incident.captured());
    const tryAppend = eventLog.tryAppend.bind(eventLog);
    const notOfItself: typeof tryAppend = (actor, decide, from) =>
      from === undefined ? Promise.reject(new Error('it does not fit')) : tryAppend(actor, decide, from);
    const problems: (string | undefined)[] = [];
    Object.assign(eventLog, { tryAppend: notOfItself });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    Object.assign(eventLog, { tryAppend });
    await send(incident, { kind: 'note', text: 'it can be written again', starred: false });
    problems.push(eventLog.state.problem?.message);
    const begun = nextEvent(incident, ({ kind }) => kind === 'run.started');
    await send(incident, { kind: 'run-reads', stepId: choose.id });
    await begun;
    await incident.close();
    await incident.steer();
    await passingTime(incident.settled());
    problems.push(eventLog.state.problem?.message);
    expect(problems).toEqual([
      `Rollbook broke off the read-only commands of "${choose.title}": it does not fit`,
      `Rollbook let go of the incident in the middle of the read-only commands of "${choose.title}".`,
    ]);
  });

  it('while it cannot even be written down what became of a command, no change starts; notes and resolving work', async () => {
    const { core, folder, incidentId, incident, choose, deploy } = await drill('app-rollback');
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await intend(incident, choose.id, 'read');
    await core.close();
    const again = await (await virtualCore(folder)).services.incidents.open(incidentId);
    const { eventLog } = again.context;
    const tryAppend = eventLog.tryAppend.bind(eventLog);
    const onlyOfPeople: typeof tryAppend = (actor, decide, from) =>
      from === undefined ? Promise.reject(new Error('it does not fit')) : tryAppend(actor, decide, from);
    Object.assign(eventLog, { tryAppend: onlyOfPeople });
    await again.steer();
    await passingTime(again.settled());
    const change = { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' } as const;
    await expect(send(again, change)).rejects.toMatchObject({
      code: 'not-allowed',
      message: 'The result of the last command could not be determined: it does not fit',
    });
    await send(again, { kind: 'note', text: 'looked by hand', starred: false });
    Object.assign(eventLog, { tryAppend });
    await send(again, { kind: 'note', text: 'it can be written again', starred: false });
    await take(again, change);
    expect(stepState(eventLog.state, deploy.id).outcome).toBe('verified');
    await send(again, { kind: 'resolve', summary: 'done' });
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
    const { context } = incident;
    const run = runCommand(
      { ...context, adapter: { ...context.adapter, spawner } },
      choose,
      { ...command, effect: 'read' },
      'ann',
    );
    await expect(run).rejects.toMatchObject({ code: 'environment' });
    expect(activeRun(context.eventLog.state)).toBeNull();
  });

  it("a deploy that failed can be made once more: its own release is nobody else's", async () => {
    const { incident, choose, deploy } = await drill('app-rollback-unhealthy');
    const change = { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' } as const;
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await take(incident, change);
    expect(stepState(incident.context.eventLog.state, deploy.id).outcome).toBe('failed');
    await take(incident, { kind: 'reopen-step', stepId: deploy.id, reason: 'tried once more' });
    await take(incident, change);
    const { state } = incident.context.eventLog;
    expect(state.problem).toBeNull();
    expect([...state.runs.values()].filter(({ effect }) => effect === 'change')).toHaveLength(2);
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
    const { eventLog, store } = incident.context;
    const note = (text: string) => ({ kind: 'note.added', payload: { text, starred: false } }) as const;
    let others = 0;
    const drafts = (): readonly ReturnType<typeof note>[] => {
      others += 1;
      const { at, mono } = eventLog.envelopes[0] as { at: number; mono: number };
      const head = store.head(incidentId).seq;
      if (others === 1) void store.append(incidentId, head, [{ ...note('theirs'), at, mono, actor: 'bo', v: 1 }]);
      return [note('ours')];
    };
    await eventLog.append('ann', drafts);
    const texts = core.services.store
      .events(incidentId)
      .flatMap(({ payload }) => (payload as { text?: string }).text ?? []);
    expect(texts).toEqual(['theirs', 'ours']);
  });
});
