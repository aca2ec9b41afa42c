import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { NO_STEP, stepState } from '#shared/incident/state.ts';
import { drill } from '../../fixtures/drilled.ts';
import { send, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

const IDS = '3d8d9014c56e89 e784e903b12345';

describe('all machines stopped', () => {
  it('the drill for an exploit ends as declared, and the report has both proofs', async () => {
    const { incident, state, core, incidentId, shown } = await drill('exploit-stop-machines');
    await passingTime(autopilot(incident, 'ann', ulid));
    expect(incidentOutcome(state(), incident.context.runbook)).toBe('verified');
    expect(state().stoppedMachines).toMatchObject({ open: false, running: IDS.split(' ') });
    const changes = shown().filter((text) => /machine (?!list)/.test(text));
    expect(changes).toEqual([
      `fly machine cordon -a hotdash-agent-service ${IDS}`,
      `fly machine stop -a hotdash-agent-service ${IDS}`,
      `fly machine uncordon -a hotdash-agent-service ${IDS}`,
      `fly machine start -a hotdash-agent-service ${IDS}`,
    ]);
    const { markdown } = await core.services.reports.preview(incidentId);
    for (const rule of ['machines-stopped', 'machines-cordoned', 'nobody-served', 'machines-started'])
      expect(markdown).toMatch(new RegExp(`${rule}\\s*\\|\\s*met`));
  });

  it('exit 0 with a machine that runs on is failed, and the start stays owed whatever the incident ends as', async () => {
    const { incident, state, step, change } = await drill('machine-keeps-running');
    await take(incident, change('stop-machines'));
    expect([...state().runs.values()].every(({ exit }) => exit?.kind === 'code' && exit.code === 0)).toBe(true);
    const { outcome, proof } = stepState(state(), step('stop-machines').id);
    expect(outcome).toBe('failed');
    expect(proof?.findings.find(({ rule }) => rule === 'machines-stopped')?.detail).toBe(
      '1 of 2 still run: e784e903b12345 is started.',
    );
    expect(state().stoppedMachines).toMatchObject({ open: true, proven: false });
    await take(incident, { kind: 'resolve', summary: 'network cut instead' });
    await expect(send(incident, { kind: 'close', summary: '' })).rejects.toMatchObject({ code: 'not-allowed' });
    // Resolved too early or not: the machines are started again, and proven to be; the drill's own time stands still.
    const { resolvedAt } = state();
    await take(incident, change('start-machines'));
    expect(incident.context.eventLog.events.at(-1)?.at).toBe(resolvedAt);
    expect(stepState(state(), step('start-machines').id).outcome).toBe('verified');
    expect(state().stoppedMachines?.open).toBe(false);
    expect(state().deferred).toMatchObject([{ stepId: step('start-machines').id, settled: { how: 'done' } }]);
  });

  it('a rollback to machines that stand: its image arrives, they are started, then it is proven', async () => {
    const { incident, state, step, change, next } = await drill('exploit-stop-machines');
    await take(incident, change('stop-machines'));
    await take(incident, { kind: 'choose-procedure', procedureId: 'application-rollback', reason: 'v9 has no hole' });
    await take(incident, { kind: 'run-reads', stepId: step('choose-release').id });
    expect(state().releases).toMatchObject({ proposed: 9, running: [], groups: [] });
    await take(incident, { kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false });
    await take(incident, change('deploy-release'));
    expect(stepState(state(), step('deploy-release').id)).toMatchObject({ outcome: 'unverified' });
    expect(state().proofMetAt).toBeNull();
    expect(next()).toMatchObject({ kind: 'do', stepId: step('start-machines').id, changes: true });
    // A failed start must be handled first: until then the deploy cannot be proven.
    const started = step('start-machines').id;
    const failed = { ...state(), steps: { ...state().steps, [started]: { ...NO_STEP, outcome: 'failed' as const } } };
    expect(nextAction(failed, incident.context.runbook)).toMatchObject({ kind: 'decide', stepId: started });
    await take(incident, change('start-machines'));
    expect(stepState(state(), started).outcome).toBe('verified');
    expect(next()).toMatchObject({ kind: 'do', intent: { kind: 'check-proof', stepId: step('deploy-release').id } });
    await passingTime(autopilot(incident, 'ann', ulid));
    expect(stepState(state(), step('deploy-release').id).outcome).toBe('verified');
    expect(incidentOutcome(state(), incident.context.runbook)).toBe('verified');
    expect(state().watch?.foreign).toBeNull();
  });

  it('by hand counts only when the machines stand: a pasted exit 0 proves nothing', async () => {
    const { incident, state, step } = await drill('exploit-stop-machines');
    const stop = step('stop-machines');
    const ran = { kind: 'ran-by-hand', stepId: stop.id, commandId: stop.commands[1]?.id ?? '', exitCode: 0 } as const;
    await take(incident, { ...ran, output: 'e784e903b12345 has been successfully stopped' });
    expect(stepState(state(), stop.id).outcome).toBe('failed');
    expect(state().stoppedMachines).toMatchObject({ open: true, proven: false });
  });

  it('a second stop remembers the machines of the first, and asks for the start anew', async () => {
    const { incident, state, step, change } = await drill('exploit-stop-machines');
    await take(incident, change('stop-machines'));
    await take(incident, { kind: 'reopen-step', stepId: step('stop-machines').id, reason: 'once more' });
    await take(incident, change('stop-machines'));
    expect(state().stoppedMachines).toMatchObject({ open: true, running: IDS.split(' ') });
    await take(incident, change('start-machines'));
    expect(state().stoppedMachines?.open).toBe(false);
    await take(incident, { kind: 'reopen-step', stepId: step('stop-machines').id, reason: 'it came back' });
    await take(incident, change('stop-machines'));
    expect(stepState(state(), step('start-machines').id).outcome).toBeNull();
    expect(state().deferred).toMatchObject([{ stepId: step('start-machines').id, settled: null }]);
  });
});
