import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import { offerServices } from '#core/steps/choose-releases.ts';
import { obligations } from '#shared/incident/obligations.ts';
import { alternatives } from '#shared/incident/alternatives.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { serviceState } from '#shared/incident/services.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { stepState } from '#shared/incident/state.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { send, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

const AGENT = 'hotdash-agent-service';
const MCP = 'hotdash-llamaindex-mcp';
const APP = 'hotdash-app';

async function drill(scenario: string) {
  const core = await virtualCore();
  const incidentId = await core.services.drills.start({ scenario, speed: 600, actor: 'ann', intentId: ulid() });
  const incident = await core.services.incidents.open(incidentId);
  const { context } = incident;
  const steps = context.runbook.procedures.flatMap((procedure) => procedure.steps);
  const step = (kind: string) => {
    const found = steps.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`the bundled runbook has ${kind}`);
    return found;
  };
  const [choose, deploy] = [step('choose-releases'), step('deploy-releases')];
  const state = () => context.eventLog.state;
  const outcomes = () => [AGENT, MCP, APP].map((service) => serviceState(state(), service).ended?.outcome ?? null);
  const picks = (versions: Readonly<Record<string, number | null>>): Intent => ({
    kind: 'choose-releases',
    stepId: choose.id,
    picks: Object.entries(versions).map(([service, version]) => ({
      service,
      version,
      reason: version === null ? 'it is not affected' : '',
    })),
    immediate: false,
  });
  const deployOf = (...services: string[]): Intent => ({
    kind: 'deploy-services',
    stepId: deploy.id,
    commandId: deploy.commands[0]?.id ?? '',
    services,
  });
  return { core, incident, incidentId, choose, deploy, state, outcomes, picks, deployOf };
}

describe('a full system rollback', () => {
  it('takes every service to its own release, each proven at its own address', async () => {
    const { core, incident, incidentId, state, outcomes } = await drill('full-system');
    await passingTime(autopilot(incident, 'ann', ulid));
    expect(incidentOutcome(state(), incident.context.runbook)).toBe('verified');
    expect([AGENT, MCP, APP].map((service) => serviceState(state(), service).choice?.version)).toEqual([9, 4, 4]);
    expect(outcomes()).toEqual(['verified', 'verified', 'verified']);
    const changes = [...state().runs.values()].filter(({ effect }) => effect === 'change');
    expect(changes.map(({ shown }) => /-a (\S+)/.exec(shown)?.[1])).toEqual([AGENT, MCP, APP]);
    const { markdown } = await core.services.reports.preview(incidentId);
    for (const service of [AGENT, MCP, APP]) {
      const before = serviceState(state(), service).choice?.from.image ?? '';
      expect(markdown).toMatch(new RegExp(`^fly deploy -a ${service} --image ${before} `, 'm'));
    }
  });

  it('one that fails has that outcome for itself; the others go on, and only it is open afterwards', async () => {
    const { incident, state, outcomes, choose, deploy, picks, deployOf } = await drill('full-system-one-fails');
    const { runbook } = incident.context;
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, picks({ [AGENT]: 9, [MCP]: 4, [APP]: 4 }));
    await take(incident, deployOf(AGENT));
    await take(incident, deployOf(MCP));
    expect(outcomes()).toEqual(['verified', 'failed', null]);
    expect(serviceState(state(), MCP).ended?.reason).toMatch(/image/i);
    expect(nextAction(state(), runbook)).toMatchObject({ intent: deployOf(APP) });
    await take(incident, deployOf(APP));
    expect(stepState(state(), deploy.id)).toMatchObject({ outcome: 'failed', proof: { met: false } });
    expect(state().proofMetAt).toBeNull();
    expect(obligations(state(), runbook)).toMatchObject([{ id: 'notify-after', paid: null }]);
    const others = alternatives(state(), runbook, deploy);
    expect(others.map(({ id }) => id)).toEqual(expect.arrayContaining(['check-again', 'other-release', 'retry']));
    await take(incident, { kind: 'reopen-step', stepId: choose.id, reason: 'its image is gone' });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    // It has no release to go back to, so it is left out: the other two are proven.
    await take(incident, picks({ [MCP]: null }));
    const next = nextAction(state(), runbook);
    if (next.kind !== 'do') throw new Error('there is something to do');
    await take(incident, next.intent);
    expect(outcomes().filter((outcome) => outcome === 'verified')).toHaveLength(2);
    expect(stepState(state(), deploy.id).outcome).toBe('verified');
    expect(state().deviations).toHaveLength(1);
  });

  it('refuses what is undecided, unread, or not open', async () => {
    const { incident, choose, picks, deployOf } = await drill('full-system');
    await expect(send(incident, deployOf(AGENT))).rejects.toMatchObject({ code: 'not-allowed' });
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await expect(send(incident, picks({ [AGENT]: 9 }))).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(send(incident, picks({ [AGENT]: 9, [MCP]: 77, [APP]: 4 }))).rejects.toMatchObject({
      code: 'no-release',
    });
    await expect(send(incident, picks({ [AGENT]: null, [MCP]: null, [APP]: null }))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await take(incident, picks({ [AGENT]: 9, [MCP]: null, [APP]: 4 }));
    await expect(send(incident, deployOf(MCP))).rejects.toMatchObject({ code: 'not-allowed' });
    await take(incident, deployOf(AGENT));
    await expect(send(incident, deployOf(AGENT))).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('a service that cannot be read is named, and the others can still be chosen', async () => {
    const { incident, choose, state } = await drill('full-system');
    const step = { ...choose, services: [AGENT, 'hotdash-nowhere', APP] };
    await expect(passingTime(offerServices(incident.context, step, 'ann'))).rejects.toThrow(
      /Could not be read: hotdash-nowhere/,
    );
    expect(serviceState(state(), AGENT).releases?.proposed).toBe(9);
    expect(serviceState(state(), APP).releases?.proposed).toBe(4);
  });
});

describe('the watch after a full system rollback', () => {
  it('keeps a line for each service that went back, and none for one that was left out', async () => {
    const { incident, choose, deploy, state, picks, deployOf } = await drill('full-system');
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, picks({ [AGENT]: 9, [MCP]: 4, [APP]: null }));
    await take(incident, deployOf(AGENT, MCP));
    expect(stepState(state(), deploy.id).outcome).toBe('verified');
    const steps = incident.context.runbook.procedures.find(({ id }) => id === state().procedureId)?.steps ?? [];
    const watch = steps.find(({ kind }) => kind === 'watch');
    if (watch === undefined) throw new Error('Option 3 ends with a watch');
    await take(incident, { kind: 'start-watch', stepId: watch.id });
    expect(state().watch).toMatchObject({ completed: true, bad: 0 });
    expect(Object.keys(state().watch?.services ?? {})).toEqual([AGENT, MCP]);
    expect(Object.keys(state().after.watched)).toEqual([AGENT, MCP]);
  });
});
