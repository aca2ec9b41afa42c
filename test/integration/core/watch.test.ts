import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { ProbeAnswer } from '#core/ports.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { planFor } from '#core/incidents/intent-handlers/table.ts';
import { keepWatch } from '#core/steps/watch.ts';
import { appCloud, createCloud, memoryCloud, type CloudAccess } from '#core/simulator/simulated-cloud.ts';
import { simulatedAdapter } from '#core/simulator/adapter.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Draft } from '#shared/incident/event.ts';
import { stepState } from '#shared/incident/state.ts';
import { watchedServices } from '#shared/incident/rolled-back-services.ts';
import { testCore } from '../../fixtures/data-folder.ts';
import { steppingClock } from '../../tools/virtual-time.ts';

/**
 * A drill before its watch, in virtual time, with a health address that answers as `health` says; `services`: those
 * that were rolled back together.
 */
async function beforeWatch(health: (probe: number) => ProbeAnswer, services: readonly string[] = [], minutes = 30) {
  const core = await testCore();
  const scenario = await loadScenario(services.length === 0 ? 'app-rollback' : 'full-system');
  const incidentId = await core.services.drills.start({
    scenario: scenario.name,
    speed: 1,
    actor: 'ann',
    intentId: ulid(),
  });
  const { context } = await core.services.incidents.open(incidentId);
  const cloud = memoryCloud(createCloud(scenario));
  const clock = steppingClock(context.adapter.clock.now());
  const simulated = simulatedAdapter(scenario, clock, cloud);
  let probes = 0;
  const http = { get: async () => health((probes += 1)) };
  const watched: IncidentContext = { ...context, adapter: { ...simulated, http } };
  const step = context.runbook.procedures.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'watch');
  if (step?.watch == null) throw new Error('the bundled runbook has a watch');
  const choiceOf = (app: string) => ({
    stepId: step.id,
    version: 9,
    image: appCloud(cloud, app).read().releases.at(-1)?.imageRef ?? '',
    from: { version: 10, image: 'x', digest: null },
    proposed: true,
    fingerprint: '',
    immediate: false,
  });
  const chosen: readonly Draft[] = services.map((service) => ({
    kind: 'service.release-chosen',
    payload: { ...choiceOf(service), service },
  }));
  await context.eventLog.append('ann', [
    ...(services.length > 0 ? chosen : [{ kind: 'release.chosen', payload: choiceOf('') } as const]),
    { kind: 'proof.evaluated', payload: { stepId: step.id, met: true, before: [], after: [], findings: [] } },
    { kind: 'symptom.gone', payload: { observed: '200' } },
    { kind: 'watch.started', payload: { stepId: step.id, minutes } },
  ]);
  return { context: watched, step, cloud, probes: () => probes };
}

/** A release by another person: of the running image, or of another one. */
function releasedByOthers(cloud: CloudAccess, app = '', tag = ''): void {
  appCloud(cloud, app).update((before) => {
    const newest = before.releases.at(-1);
    if (newest === undefined) throw new Error('the scenario has releases');
    const { version } = newest;
    return {
      ...before,
      releases: [
        ...before.releases,
        { ...newest, id: `r-${version}`, version: version + 1, imageRef: newest.imageRef + tag },
      ],
    };
  });
}

/** Service ('' if only one is watched) and version of each. */
const alarms = ({ eventLog }: IncidentContext): readonly (readonly [string, number])[] =>
  eventLog.events.flatMap((event) =>
    event.kind === 'release.foreign' && event.payload !== null
      ? [[event.payload.service ?? '', event.payload.version] as const]
      : [],
  );

const AGENT = 'hotdash-agent-service';
const MCP = 'hotdash-llamaindex-mcp';

const good: ProbeAnswer = { kind: 'answer', status: 200, ms: 20, body: 'ok' };
const bad: ProbeAnswer = { kind: 'answer', status: 503, ms: 20, body: 'no' };

describe('the watch', () => {
  it('ends verified after its minutes, with a probe every 15 s and a reading every 5 minutes', async () => {
    const { context, step, probes } = await beforeWatch(() => good);
    await keepWatch(context, step);
    const { state, events } = context.eventLog;
    expect(state.watch).toMatchObject({ completed: true, bad: 0 });
    expect(stepState(state, step.id).outcome).toBe('verified');
    expect(probes()).toBeGreaterThanOrEqual(115);
    // The same number everywhere.
    expect(state.watch?.probes).toBe(probes());
    expect(stepState(state, step.id).reason).toContain(`${probes()} probes, 0 of them bad`);
    expect(state.after.watched[AGENT]?.size).toBe(probes());
    expect(events.filter(({ kind }) => kind === 'watch.reading').length).toBeLessThanOrEqual(8);
  });

  it('that a person ends between two readings has counted each probe', async () => {
    const { context, step } = await beforeWatch((probe) => {
      const payload = { stepId: step.id, completed: false, reason: 'seen enough' };
      if (probe === 30) void context.eventLog.append('ann', [{ kind: 'watch.ended', payload }]);
      return good;
    });
    await keepWatch(context, step);
    const { watch, after } = context.eventLog.state;
    expect(watch?.probes).toBeGreaterThan(21);
    expect(watch?.probes).toBe(after.watched[AGENT]?.size);
  });

  it('three bad answers in a row are a regression: the mitigation clock runs again, and nothing is green', async () => {
    const { context, step } = await beforeWatch((probe) => (probe > 4 ? bad : good));
    expect(context.eventLog.state.effectiveAt).not.toBeNull();
    await keepWatch(context, step);
    const { state } = context.eventLog;
    expect(state.effectiveAt).toBeNull();
    expect(state.watch?.completed).toBe(false);
    expect(stepState(state, step.id).outcome).toBe('failed');
  });

  it('two bad answers in a row are not', async () => {
    const { context, step } = await beforeWatch((probe) => (probe % 3 === 0 ? good : bad));
    await keepWatch(context, step);
    const { watch } = context.eventLog.state;
    expect(watch?.completed).toBe(true);
    expect(watch?.bad).toBeGreaterThan((watch?.probes ?? 0) / 2);
  });

  it("somebody else's release raises the alarm, also when it carries the same image", async () => {
    const { context, step, cloud } = await beforeWatch((probe) => {
      if (probe === 30 || probe === 70) releasedByOthers(cloud);
      return good;
    });
    await keepWatch(context, step);
    expect(context.eventLog.state.watch?.foreign).toMatchObject({ version: 12 });
    expect(alarms(context)).toEqual([
      ['', 11],
      ['', 12],
    ]);
  });

  it('ends with a look for releases: one made after the last reading is told before it is verified', async () => {
    const { context, step, cloud, probes } = await beforeWatch(
      (probe) => {
        // The readings are at 0, 5, 10, ... minutes; a watch of 12 minutes ends between two.
        if (probe === 45) releasedByOthers(cloud);
        return good;
      },
      [],
      12,
    );
    await keepWatch(context, step);
    expect(probes()).toBeLessThan(55);
    expect(alarms(context)).toEqual([['', 11]]);
    const kinds = context.eventLog.events.map(({ kind }) => kind);
    expect(kinds.indexOf('release.foreign')).toBeLessThan(kinds.indexOf('watch.ended'));
  });

  it('of several services tells each release of each once, also when another process goes on with the watch', async () => {
    const held = new AbortController();
    const { context, step, cloud } = await beforeWatch(
      (probe) => {
        if (probe === 50) releasedByOthers(cloud, AGENT, '-theirs');
        if (probe === 100) releasedByOthers(cloud, MCP);
        if (probe === 130) held.abort();
        if (probe === 170) releasedByOthers(cloud, AGENT);
        return good;
      },
      [AGENT, MCP],
    );
    expect(watchedServices(context.eventLog.state, context.runbook)).toEqual([AGENT, MCP]);
    const left = keepWatch({ ...context, letGo: held.signal }, step);
    await expect(left.catch(() => 'left')).resolves.toSatisfy((end) => end === undefined || end === 'left');
    const before = alarms(context);
    expect(before).toHaveLength(2);
    await keepWatch(context, step);
    const versions = Object.fromEntries(before);
    expect(alarms(context)).toEqual([
      [AGENT, versions[AGENT]],
      [MCP, versions[MCP]],
      [AGENT, (versions[AGENT] ?? 0) + 1],
    ]);
    expect(context.eventLog.state.watch?.completed).toBe(true);
  });

  it('proves nothing when hardly anybody watched: the machine slept, or Rollbook was not running', async () => {
    const { context, step } = await beforeWatch(() => good);
    const { clock } = context.adapter;
    const http = {
      get: async () => {
        await clock.sleep(20 * 60_000);
        return good;
      },
    };
    await keepWatch({ ...context, adapter: { ...context.adapter, http } }, step);
    const { state } = context.eventLog;
    expect(state.watch).toMatchObject({ completed: false, bad: 0 });
    expect(stepState(state, step.id).outcome).toBe('unverified');
  });

  it('does not end green on a bad answer when its time is over', async () => {
    const { context, step } = await beforeWatch(() => good);
    const { clock } = context.adapter;
    const end = (context.eventLog.state.watch?.startedAt ?? 0) + (step.watch?.minutes ?? 0) * 60_000;
    let late = 0;
    const http = { get: async () => (clock.now() >= end && (late += 1) <= 2 ? bad : good) };
    await keepWatch({ ...context, adapter: { ...context.adapter, http } }, step);
    expect(late).toBe(3);
    expect(context.eventLog.state.watch).toMatchObject({ completed: true, bad: 2, last: { healthy: true } });
  });

  it('ends when the release is chosen anew, and does not go on under the next one', async () => {
    const { context, step, probes } = await beforeWatch(() => good);
    const choose = context.runbook.procedures
      .flatMap(({ steps }) => steps)
      .find(({ kind }) => kind === 'choose-release');
    const plan = planFor(context, { kind: 'reopen-step', stepId: choose?.id ?? '', reason: 'v9 is slow' }, 'ann');
    await context.eventLog.append('ann', plan.drafts);
    expect(context.eventLog.state.watch).toMatchObject({ completed: false });
    expect(context.eventLog.state.watch?.endedAt).not.toBeNull();
    await keepWatch(context, step);
    expect(probes()).toBe(0);
  });
});

describe('the checkpoint of a watch', () => {
  it('asks once, goes on meanwhile, and says at the end when nobody answered', async () => {
    const { context, step } = await beforeWatch(() => good);
    await keepWatch(context, step);
    const { events, state } = context.eventLog;
    const asked = events.filter(({ kind }) => kind === 'checkpoint.asked');
    expect(asked.map(({ payload }) => payload)).toEqual([{ stepId: step.id, minute: 15 }]);
    expect((asked[0]?.at ?? 0) - (state.watch?.startedAt ?? 0)).toBeLessThan(16 * 60_000);
    expect(stepState(state, step.id)).toMatchObject({ outcome: 'verified' });
    expect(stepState(state, step.id).reason).toContain('nobody answered the checkpoint after 15 minutes');
  });

  it('a person who sees the trouble again ends it like a regression', async () => {
    const { context, step } = await beforeWatch(() => good);
    const stop = context.eventLog.follow((events) => {
      if (!events.some(({ kind }) => kind === 'checkpoint.asked')) return;
      stop();
      const intent = {
        kind: 'answer-checkpoint',
        stepId: step.id,
        minute: 15,
        well: false,
        observed: 'orders fail',
      } as const;
      void context.eventLog.append('ann', planFor(context, intent, 'ann').drafts);
    });
    await keepWatch(context, step);
    const { state } = context.eventLog;
    expect(state.effectiveAt).toBeNull();
    expect(state.watch).toMatchObject({ completed: false, asking: null });
    expect(stepState(state, step.id)).toMatchObject({ outcome: 'failed' });
    expect(stepState(state, step.id).reason).toContain('orders fail');
  });
});

describe('what is kept of the probes', () => {
  it('every one of them, by service, in few events', async () => {
    const { context, step, probes } = await beforeWatch((probe) => (probe === 40 ? bad : good));
    let told = 0;
    let late = 0;
    context.liveProbes.follow(({ sample }) => {
      told += 1;
      late = Math.max(late, context.adapter.clock.now() - sample.at);
    });
    await keepWatch(context, step);
    // Windows have each of them when it is made.
    expect(told).toBe(probes());
    expect(late).toBeLessThan(1_000);
    const { state, events } = context.eventLog;
    const samples = state.after.watched[state.declared.service]?.toArray() ?? [];
    expect(samples).toHaveLength(probes());
    expect(samples.filter(({ ok }) => !ok)).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === 'probe.sampled').length).toBeLessThan(probes() / 3);
  });
});
