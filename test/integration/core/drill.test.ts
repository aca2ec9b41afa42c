import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenCore } from '#core/core.ts';
import { alternatives } from '#shared/incident/alternatives.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { incidentOutcome, stepSummaries } from '#shared/incident/incident-outcome.ts';
import { rowOf } from '#shared/incident/matrix-row.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

/** Fast enough for tests: thirty minutes of watching in three seconds. */
const SPEED = 600;

async function play(core: OpenCore, scenario: string) {
  const { drills, incidents } = core.services;
  const incidentId = await drills.start({ scenario, speed: SPEED, actor: 'ann', intentId: ulid() });
  const incident = await incidents.open(incidentId);
  await passingTime(autopilot(incident, 'ann', ulid));
  const { eventLog, runbook } = incident.context;
  return {
    incidentId,
    incident,
    state: eventLog.state,
    outcome: incidentOutcome(eventLog.state, runbook),
    runbook,
    events: eventLog.events,
  };
}

describe('a drill from declaration to report', () => {
  it('app-rollback: v9 is proven, the symptom confirmed, the watch passed', async () => {
    const core = await virtualCore();
    const { outcome, state, events, runbook, incidentId } = await play(core, 'app-rollback');
    expect(outcome).toBe('verified');
    expect(state.choice?.version).toBe(9);
    expect(stepSummaries(state, runbook).map((step) => step.outcome)).toEqual([
      'done',
      'verified',
      'confirmed',
      'confirmed',
      'verified',
    ]);
    const kinds = events.map(({ kind }) => kind);
    // Verified only after the post-condition: run, then proof, then the end of the step.
    expect(kinds.indexOf('proof.evaluated')).toBeGreaterThan(
      kinds.lastIndexOf('run.intended', kinds.indexOf('proof.evaluated')),
    );
    const verified = events.findIndex((event) => event.kind === 'step.ended' && event.payload?.outcome === 'verified');
    expect(verified).toBeGreaterThan(kinds.indexOf('proof.evaluated'));
    expect(state.watch?.completed).toBe(true);
    expect(core.services.store.verify(incidentId)).toMatchObject({ ok: true, events: events.length });
    const { markdown } = await core.services.reports.preview(incidentId);
    expect(markdown).toContain('DRILL');
    expect(markdown).toContain('from v10 to v9 (released again as v11) proven');
  });

  it('app-rollback-unhealthy: the deploy exits 0, and it is failed all the same, with alternatives', async () => {
    const core = await virtualCore();
    const { outcome, state, events } = await play(core, 'app-rollback-unhealthy');
    expect(outcome).toBe('failed');
    const deploy = [...state.runs.values()].find((run) => run.effect === 'change');
    expect(deploy?.exit).toEqual({ kind: 'code', code: 0 });
    expect(state.effectiveAt).toBeNull();
    expect(events.filter((event) => event.kind === 'step.ended').map((event) => event.payload?.outcome)).not.toContain(
      'verified',
    );
  });

  it('image-gone: the failure is explained in a plain sentence', async () => {
    const core = await virtualCore();
    const { outcome, state } = await play(core, 'image-gone');
    expect(outcome).toBe('failed');
    const deploy = [...state.runs.values()].find((run) => run.effect === 'change');
    expect(deploy?.explanation?.code).toBe('image-gone');
  });

  it('fix-failed-first: neither the bad v10 nor the failed fix v11 is proposed, but v9', async () => {
    const core = await virtualCore();
    const { outcome, state } = await play(core, 'fix-failed-first');
    expect(state.releases?.proposed).toBe(9);
    expect(state.choice?.version).toBe(9);
    expect(outcome).toBe('verified');
  });

  it('db-rollback: the migration is undone, proven, and told in the report', async () => {
    const core = await virtualCore();
    const { outcome, state, incidentId } = await play(core, 'db-rollback');
    expect(outcome).toBe('verified');
    expect(state.database.choice).toMatchObject({ version: '20251013095800', backup: { older: true }, reason: '' });
    expect(state.approvals).toHaveLength(1);
    expect(core.services.store.verify(incidentId)).toMatchObject({ ok: true });
    const { markdown } = await core.services.reports.preview(incidentId);
    expect(markdown).toContain('20251013095800');
    expect(markdown).toContain('history-row-gone');
    expect(markdown).toContain('## Database');
    expect(markdown).toContain('public.approvals');
  });

  it('db-rollback: maintenance mode comes first, and its proof contains the harm', async () => {
    const core = await virtualCore();
    const { state, events, runbook } = await play(core, 'db-rollback');
    const chosen = events.flatMap((event) => (event.kind === 'procedure.chosen' ? [event.payload?.procedureId] : []));
    expect(chosen).toEqual(['maintenance-mode', 'database-rollback', 'maintenance-mode', 'database-rollback']);
    expect(rowOf(state, runbook)?.procedures[0]).toBe(chosen[0]);
    const proofs = events.filter((event) => event.kind === 'maintenance.checked');
    expect(proofs.map(({ payload }) => [payload?.mode, payload?.met])).toEqual([
      ['on', true],
      ['off', true],
    ]);
    const [on, off] = proofs.map(({ at }) => at);
    expect(state.contained).toMatchObject({ by: 'maintenance', at: on });
    const clock = mitigationClock(state, state.resolvedAt ?? 0);
    expect(clock).toMatchObject({ countsTo: 'contained', met: true });
    // Nothing of the database is changed before, and users are back before the symptom is confirmed gone and the watch begins.
    const sql = [...state.runs.values()].find(
      ({ stepId }) => stepId === 'database-rollback/run-the-sql-that-undoes-the-migration',
    );
    expect(sql?.intendedAt).toBeGreaterThan(on ?? Infinity);
    expect(sql?.endedAt).toBeLessThan(off ?? 0);
    expect(state.effectiveAt).toBeGreaterThan(off ?? Infinity);
    expect(state.watch).toMatchObject({ completed: true, foreign: null, bad: 0 });
    expect(state.watch?.startedAt).toBeGreaterThan(off ?? Infinity);
    expect(state.deferred.filter(({ settled }) => settled === null)).toEqual([]);
  });

  it('db-sql-error: failed with the reason of the server, with another file and a restore offered', async () => {
    const core = await virtualCore();
    const { outcome, state, runbook } = await play(core, 'db-sql-error');
    expect(outcome).toBe('failed');
    const change = [...state.runs.values()].find((run) => run.effect === 'change');
    expect(change?.explanation).toMatchObject({ code: 'sql-error' });
    const step = runbook.procedures.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'run-rollback-sql');
    const ways = step === undefined ? [] : alternatives(state, runbook, step).map(({ id }) => id);
    expect(ways).toEqual(expect.arrayContaining(['other-sql', 'branch:dashboard/restore-backup', 'check-again']));
  });

  it('no-backup: the autopilot does not pass a red gate', async () => {
    const core = await virtualCore();
    const { outcome, state } = await play(core, 'no-backup');
    expect(outcome).toBe('unverified');
    expect(state.database.choice).toBeNull();
    expect([...state.runs.values()].some((run) => run.effect === 'change')).toBe(false);
  });

  it('db-wrong-target: supabase says another target, and nothing is offered for choice', async () => {
    const core = await virtualCore();
    const { outcome, state, events } = await play(core, 'db-wrong-target');
    expect(outcome).toBe('unverified');
    expect(state.database.migrations).toBeNull();
    const problems = events.flatMap((event) => (event.kind === 'act.ended' ? [event.payload?.problem?.message] : []));
    expect(problems.at(-1)).toContain('local stack');
  });

  it('an unknown scenario is refused with the known ones named', async () => {
    const core = await virtualCore();
    await expect(
      core.services.drills.start({ scenario: 'no-such-thing', speed: 1, actor: 'ann', intentId: ulid() }),
    ).rejects.toMatchObject({
      code: 'unknown-scenario',
      advice: expect.stringContaining('app-rollback') as string,
    });
  });
});
