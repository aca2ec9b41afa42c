import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { stepState } from '#shared/incident/state.ts';
import { drill } from '../../fixtures/drilled.ts';
import { send, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

describe('maintenance mode', () => {
  it('is proven at the public address, both ways', async () => {
    const { incident, state, core, incidentId } = await drill('maintenance-mode');
    await passingTime(autopilot(incident, 'ann', ulid));
    expect(incidentOutcome(state(), incident.context.runbook)).toBe('verified');
    expect(state().maintenance).toMatchObject({ on: false });
    const { markdown } = await core.services.reports.preview(incidentId);
    expect(markdown).toMatch(/maintenance-on\s*\|\s*met/);
    expect(markdown).toMatch(/maintenance-off\s*\|\s*met/);
  });

  it('exit 0 of a command that users see nothing of is failed, and off stays owed', async () => {
    const { incident, state, step, change } = await drill('maintenance-not-shown');
    await take(incident, change('maintenance-on'));
    expect([...state().runs.values()].find(({ effect }) => effect === 'change')?.exit).toEqual({
      kind: 'code',
      code: 0,
    });
    expect(stepState(state(), step('maintenance-on').id)).toMatchObject({ outcome: 'failed', proof: { met: false } });
    await take(incident, { kind: 'resolve', summary: 'machines stopped instead' });
    await expect(send(incident, { kind: 'close', summary: '' })).rejects.toMatchObject({ code: 'not-allowed' });
    // Resolved too early or not: users are let back in, and proven to be.
    await take(incident, change('maintenance-off'));
    expect(stepState(state(), step('maintenance-off').id).outcome).toBe('verified');
    const items = (incident.context.runbook.followUps ?? []).flatMap((group) => group.items.map(({ id }) => id));
    await take(incident, { kind: 'settle-follow-ups', items, how: 'waived', reason: 'nothing was rolled back' });
    await take(incident, { kind: 'defer-checklist', reason: 'a P0', dueInMs: 60_000 });
    for (const { stepId } of state().deferred)
      await take(incident, { kind: 'settle-deferred', what: stepId, how: 'waived', reason: 'over' });
    await take(incident, { kind: 'close', summary: '' });
    expect(state().closedAt).not.toBeNull();
  });

  it('a rollback made under it still owes the way back: off is offered after its last step', async () => {
    const { incident, state, step, change } = await drill('maintenance-mode');
    await take(incident, change('maintenance-on'));
    await take(incident, { kind: 'choose-procedure', procedureId: 'application-rollback', reason: 'the code does it' });
    await take(incident, { kind: 'run-reads', stepId: step('choose-release').id });
    // v11 is the release of maintenance mode, with the image of v10: neither can be gone back to.
    expect(state().releases?.proposed).toBe(9);
    await take(incident, { kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false });
    await passingTime(autopilot(incident, 'ann', ulid));
    expect(state().maintenance).toMatchObject({ on: false });
    expect(incidentOutcome(state(), incident.context.runbook)).toBe('verified');
    expect(nextAction(state(), incident.context.runbook).kind).toBe('finished');
    expect(state().watch?.foreign).toBeNull();
  });
});
