import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { OpenCore } from '#core/core.ts';
import { obligations } from '#shared/incident/obligations.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Severity } from '#shared/runbook/model.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

/** A drill declared by the first row of this severity. */
async function drillOf(severity: Severity) {
  const core = await virtualCore();
  const { drills, incidents, runbooks } = core.services;
  const bundled = runbooks.list().find((runbook) => runbook.bundled);
  const rows = (await runbooks.open(bundled?.hash ?? '')).model.matrix.rows;
  const row = rows.find(
    (candidate) => candidate.severity === severity && candidate.procedures.includes('application-rollback'),
  );
  const incidentId = await drills.start({
    scenario: 'app-rollback',
    speed: 600,
    rowLine: row?.line ?? null,
    actor: 'ann',
    intentId: ulid(),
  });
  const incident = await incidents.open(incidentId);
  await take(incident, {
    kind: 'choose-procedure',
    procedureId: 'application-rollback',
    reason: 'the code is at fault',
  });
  return { core, incident, ...stepsOf(incident) };
}

async function withRelease(severity: Severity) {
  const drill = await drillOf(severity);
  await take(drill.incident, { kind: 'run-reads', stepId: drill.choose.id });
  await take(drill.incident, { kind: 'choose-release', stepId: drill.choose.id, version: 9, immediate: false });
  const change = {
    kind: 'run-change',
    stepId: drill.deploy.id,
    commandId: drill.deploy.commands[0]?.id ?? '',
  } as const;
  return { ...drill, change };
}

const refused = { code: 'not-allowed' };

describe('who decides', () => {
  it('a P1 waits for the team lead; a colleague is not enough', async () => {
    const { incident, change } = await withRelease('P1');
    await expect(send(incident, change)).rejects.toMatchObject(refused);
    await take(incident, { kind: 'record-approval', who: 'Bo', role: 'Engineer', how: 'verbal', words: 'fine by me' });
    await expect(send(incident, change)).rejects.toMatchObject(refused);
    await take(incident, { kind: 'record-approval', who: 'Cy', role: 'Team lead', how: 'verbal', words: 'go' });
    await take(incident, change);
    expect(incident.context.eventLog.state.proofMetAt).not.toBeNull();
  });

  it('anybody may go on without approval: with a reason and the end of the target, as a deviation and a debt', async () => {
    const { incident, change } = await withRelease('P1');
    const bypass = { kind: 'proceed-without-approval', reason: 'nobody answers' } as const;
    await expect(send(incident, { ...bypass, typed: 'other-app' })).rejects.toMatchObject(refused);
    await expect(send(incident, { ...bypass, typed: 'ice' })).rejects.toMatchObject(refused);
    await take(incident, { ...bypass, typed: 'agent-SERVICE' });
    const { state } = incident.context.eventLog;
    expect(state.deviations).toHaveLength(1);
    expect(obligations(state, incident.context.runbook)).toMatchObject([{ id: 'tell-approver', paid: null }]);
    await take(incident, { kind: 'pay-debt', debt: 'tell-approver', who: 'Cy', how: 'Slack' });
    expect(obligations(incident.context.eventLog.state, incident.context.runbook)).toMatchObject([
      { paid: { who: 'Cy' } },
    ]);
    await take(incident, change);
    expect(incident.context.eventLog.state.proofMetAt).not.toBeNull();
  });

  it('a P0 asks nobody and owes a notification', async () => {
    const { incident, change } = await withRelease('P0');
    await take(incident, change);
    const owed = obligations(incident.context.eventLog.state, incident.context.runbook);
    expect(owed.map(({ id }) => id)).toEqual(['notify-after']);
  });
});

describe('what is refused', () => {
  it('a message that still has a placeholder: it is not logged as sent', async () => {
    const { incident } = await drillOf('P0');
    const [message] = incident.context.runbook.messages;
    const [messageId, text] = [message?.id ?? '', message?.text ?? ''];
    const refused = { code: 'not-allowed', message: expect.stringContaining('[Timeframe]') as string };
    await expect(send(incident, { kind: 'sent-message', messageId, text, where: '#x' })).rejects.toMatchObject(refused);
    await send(incident, { kind: 'sent-message', messageId, text: 'ETA: 20 min [INC-7]', where: '#x' });
    expect(incident.context.eventLog.state.sent[messageId]).toMatchObject({ where: '#x' });
  });

  it('running a change as if it only read', async () => {
    const { incident, change } = await withRelease('P0');
    const read = { kind: 'run-reads', stepId: change.stepId, commandId: change.commandId } as const;
    await expect(send(incident, read)).rejects.toMatchObject(refused);
  });

  it('choosing a release that is not in the list', async () => {
    const { incident, choose } = await drillOf('P0');
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    const pick = { kind: 'choose-release', stepId: choose.id, version: 77, immediate: false } as const;
    await expect(send(incident, pick)).rejects.toMatchObject({ code: 'no-release' });
  });

  it('a second act while one is under way', async () => {
    const { incident, choose } = await drillOf('P0');
    await send(incident, { kind: 'run-reads', stepId: choose.id });
    await expect(send(incident, { kind: 'run-reads', stepId: choose.id })).rejects.toMatchObject(refused);
    await passingTime(incident.settled());
  });

  it('closing while something that was put off is neither done nor waived', async () => {
    const { incident, choose } = await drillOf('P0');
    await take(incident, { kind: 'defer-step', stepId: choose.id, reason: 'later', dueInMs: 3_600_000 });
    await take(incident, { kind: 'resolve', summary: 'over' });
    await expect(send(incident, { kind: 'close', summary: '' })).rejects.toMatchObject(refused);
    await take(incident, { kind: 'settle-deferred', what: choose.id, how: 'waived', reason: 'not needed any more' });
    await take(incident, { kind: 'close', summary: '' });
    expect(incident.context.eventLog.state.closedAt).not.toBeNull();
  });

  it('confirming a step whose checks are open', async () => {
    const { incident } = await drillOf('P0');
    const step = incident.context.runbook.procedures
      .flatMap(({ steps }) => steps)
      .find(({ checks }) => checks.length > 1);
    const confirm = { kind: 'confirm-step', stepId: step?.id ?? '', observed: 'fine' } as const;
    await expect(send(incident, confirm)).rejects.toMatchObject(refused);
  });
});

describe('an incident that is over', () => {
  it('can be resolved while something is under way, and takes no more acts then', async () => {
    const { incident, choose } = await drillOf('P0');
    await send(incident, { kind: 'run-reads', stepId: choose.id });
    await send(incident, { kind: 'resolve', summary: 'false alarm' });
    await passingTime(incident.settled());
    await expect(send(incident, { kind: 'reopen-step', stepId: choose.id, reason: 'x' })).rejects.toMatchObject(
      refused,
    );
    await expect(send(incident, { kind: 'run-reads', stepId: choose.id })).rejects.toMatchObject(refused);
    await take(incident, { kind: 'note', text: 'it was the proxy', starred: true });
  });
});

describe('a skipped choice', () => {
  it('is offered again before the deploy, which may also be made by hand', async () => {
    const { incident, choose, deploy } = await drillOf('P0');
    await take(incident, { kind: 'skip-step', stepId: choose.id, reason: 'I know what I want' });
    const { eventLog, runbook } = incident.context;
    expect(nextAction(eventLog.state, runbook)).toMatchObject({
      kind: 'do',
      intent: { kind: 'reopen-step', stepId: choose.id },
    });
    const commandId = deploy.commands[0]?.id ?? '';
    await take(incident, { kind: 'ran-by-hand', stepId: deploy.id, commandId, exitCode: 0, output: '' });
    expect(stepState(eventLog.state, deploy.id).outcome).toBe('failed');
    expect(stepState(eventLog.state, deploy.id).proof?.findings[0]?.detail).toContain('No release was chosen');
  });
});

describe('a release for a complete outage', () => {
  it('is deployed to all machines at once when that was chosen', async () => {
    const { incident, choose, change } = await withRelease('P0');
    await take(incident, { kind: 'reopen-step', stepId: choose.id, reason: 'all at once' });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: true });
    await take(incident, change);
    const deploy = [...incident.context.eventLog.state.runs.values()].find((run) => run.effect === 'change');
    expect(deploy?.shown).toMatch(/--strategy immediate$/);
  });
});

describe('declaring live', () => {
  const declare = (core: OpenCore, change: object) => {
    const hash = core.services.runbooks.list().find((runbook) => runbook.bundled)?.hash ?? '';
    const args = {
      intentId: ulid(),
      runbook: hash,
      severity: 'P0',
      rowLine: null,
      title: 'Down',
      symptom: '',
      service: 'hotdash-agent-service',
      detectedAt: Date.now(),
    } as const;
    return core.services.incidents.declare({ ...args, ...change }, 'ann');
  };

  it('refuses a detection in the future and a service the runbook does not declare', async () => {
    const core = await virtualCore();
    await expect(declare(core, { detectedAt: Date.now() + 3_600_000 })).rejects.toMatchObject({
      code: 'bad-arguments',
    });
    await expect(declare(core, { service: 'hotdash-agent-servise' })).rejects.toMatchObject({
      code: 'bad-arguments',
      message: expect.stringContaining('hotdash-agent-service') as string,
    });
  });

  it('declared twice with one intent is one incident', async () => {
    const core = await virtualCore();
    const intentId = ulid();
    expect(await declare(core, { intentId })).toBe(await declare(core, { intentId }));
    expect(core.services.incidents.list()).toHaveLength(1);
  });
});
