import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { passingTime } from '../../fixtures/test-ports.ts';
import { changes as isOfChange, firstOutput, nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';

interface Played {
  readonly state: IncidentState;
  readonly events: readonly IncidentEvent[];
  readonly problems: readonly string[];
}

/** Slow enough for a busy machine. Scenarios that hang run faster. */
const SPEED = 60;
const HANG_SPEED = 300;

async function play(scenario: string, speed = SPEED): Promise<Played> {
  const { drills, incidents } = (await virtualCore()).services;
  const incidentId = await drills.start({ scenario, speed, actor: 'ann', intentId: ulid() });
  const incident = await incidents.open(incidentId);
  await passingTime(autopilot(incident, 'ann', ulid));
  const { eventLog, runbook } = incident.context;
  // All scenarios are declared and played in the same way.
  expect(incidentOutcome(eventLog.state, runbook)).toBe((await loadScenario(scenario)).expected);
  const problems = eventLog.events.flatMap(({ kind, payload }) =>
    kind === 'act.ended' && payload?.problem ? [payload.problem.code] : [],
  );
  return { state: eventLog.state, events: eventLog.events, problems };
}

/** Interrupted by the test: on a busy machine the autopilot could kill it before the interrupt has worked. */
async function stopped(scenario: string): Promise<Pick<Played, 'state' | 'events'>> {
  const core = await virtualCore();
  const { drills, incidents } = core.services;
  const incident = await incidents.open(await drills.start({ scenario, speed: SPEED, actor: 'ann', intentId: ulid() }));
  const { choose, deploy } = stepsOf(incident);
  await take(incident, { kind: 'run-reads', stepId: choose.id });
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
  const started = nextEvent(incident, (event) => event.kind === 'run.started' && isOfChange(incident, event));
  await send(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
  const { runId } = (await started).payload as { runId: string };
  await firstOutput(core, runId);
  await take(incident, { kind: 'stop-run', runId, how: 'interrupt' });
  return incident.context.eventLog;
}

const changes = ({ runs }: IncidentState) => [...runs.values()].filter(({ effect }) => effect === 'change');
const kindsOf = (events: readonly IncidentEvent[]): readonly string[] => events.map(({ kind }) => kind);

describe('drills of what goes wrong on the way', () => {
  it('deploy-hangs: interrupted by a person, and the state is read before the step ends', async () => {
    const { state, events } = await stopped('deploy-hangs');
    const [deploy] = changes(state);
    expect(deploy?.stopAsked?.how).toBe('interrupt');
    expect(deploy?.exit).toEqual({ kind: 'code', code: 127 });
    const kinds = kindsOf(events);
    const end = events.findIndex(({ kind, payload }) => kind === 'step.ended' && payload?.outcome === 'stopped');
    expect(kinds.lastIndexOf('proof.evaluated')).toBeGreaterThan(kinds.indexOf('run.stop-asked'));
    expect(kinds.lastIndexOf('proof.evaluated')).toBeLessThan(end);
  });

  it('deploy-ignores-interrupt: killed, but only a minute after the interrupt', async () => {
    const { state, events } = await play('deploy-ignores-interrupt', HANG_SPEED);
    const asked = events.filter(({ kind }) => kind === 'run.stop-asked');
    expect(asked.map(({ payload }) => (payload as { how: string }).how)).toEqual(['interrupt', 'kill']);
    expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(changes(state)[0]?.exit).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it.each([
    ['login-expired', 'login-expired', 'login-expired'],
    ['network-down', 'environment', 'no-network'],
    ['app-not-found', 'environment', 'app-not-found'],
  ])('%s: nothing is changed, and the reason is told', async (scenario, problem, explanation) => {
    const { state, problems } = await play(scenario);
    expect(problems).toEqual([problem]);
    expect(changes(state)).toEqual([]);
    expect([...state.runs.values()].map((run) => run.explanation?.code)).toContain(explanation);
  });

  it('deployed-meanwhile: the list changed since the pick, so nothing is run', async () => {
    const { state, problems, events } = await play('deployed-meanwhile');
    expect(problems).toEqual(['releases-changed']);
    expect(kindsOf(events)).toContain('releases.changed');
    expect(changes(state)).toEqual([]);
  });

  it('deployed-in-watch: a regression that names whose release it is', async () => {
    const { state, events } = await play('deployed-in-watch');
    const kinds = kindsOf(events);
    expect(state.watch?.foreign).toMatchObject({ version: 12, user: 'ben@hotdash.example' });
    expect(kinds.indexOf('release.foreign')).toBeLessThan(kinds.indexOf('regression.found'));
    expect(state.effectiveAt).toBeNull();
  });

  it('secret-set-in-watch: the alarm is raised, and the watch still ends well', async () => {
    const { state } = await play('secret-set-in-watch', 120);
    expect(state.watch).toMatchObject({ completed: true, foreign: { version: 12, description: 'Update secrets' } });
    // Half an hour at this speed is 15 s.
  }, 60_000);

  it('mixed-versions: v9 on one machine, v10 still on another, and both are named', async () => {
    const { state, events } = await play('mixed-versions');
    expect(changes(state)[0]?.explanation?.code).toBe('health-timeout');
    const proof = events.findLast(({ kind }) => kind === 'proof.evaluated')?.payload as
      | { findings: readonly { rule: string; met: boolean; detail: string }[] }
      | undefined;
    const image = proof?.findings.find(({ rule }) => rule === 'target-image');
    expect(image).toMatchObject({ met: false });
    expect(image?.detail).toContain('91854d0ea52683');
    expect(image?.detail).not.toContain('3d8d9014c56e89');
  });

  it('deploy-reverted: fly says that all went well, and the proof that v10 still runs', async () => {
    const { state, events } = await play('deploy-reverted');
    const [deploy] = changes(state);
    expect(deploy?.exit).toEqual({ kind: 'code', code: 0 });
    const proofs = events.filter(({ kind }) => kind === 'proof.evaluated');
    expect(proofs.length).toBeGreaterThan(0);
    for (const { payload } of proofs) {
      const { met, findings } = payload as { met: boolean; findings: readonly { rule: string; met: boolean }[] };
      expect(met).toBe(false);
      expect(findings.find(({ rule }) => rule === 'target-image')).toMatchObject({ met: false });
    }
    expect(events.some(({ kind, payload }) => kind === 'step.ended' && payload?.outcome === 'verified')).toBe(false);
  });

  it.each([
    ['lease-held', 'lease-held'],
    ['image-crashes', 'crash-loop'],
  ])('%s: the failure of the deploy is explained', async (scenario, explanation) => {
    const { state } = await play(scenario);
    expect(changes(state)[0]?.explanation?.code).toBe(explanation);
  });
});
