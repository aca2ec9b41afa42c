/** Ids from a window or another machine: invalid ones are never used in paths, and a run must belong to its incident. */
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { CALLS } from '#shared/api/calls.ts';
import { RUNS } from '#core/handlers/incidents.ts';
import type { OpenCore } from '#core/core.ts';
import { outputPath } from '#core/runner/output/output-parts.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { stepsOf, take } from '../../fixtures/steering.ts';

const HOSTILE = ['../../x', '..', 'a/b', '', '0'.repeat(25), `${'0'.repeat(26)}\n`, '\u0000'];

async function ranOnce(core: OpenCore) {
  const { incidents, drills } = core.services;
  const incidentId = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  const incident = await incidents.open(incidentId);
  await take(incident, { kind: 'run-reads', stepId: stepsOf(incident).choose.id });
  const [runId = ''] = [...incident.context.eventLog.state.runs.keys()];
  return { incidentId, runId };
}

describe('an id', () => {
  it('that is none is refused before anything is looked up', () => {
    const run = { incidentId: ulid(), runId: ulid(), from: 0, count: 1 };
    expect(CALLS['run.lines'].args.safeParse(run).success).toBe(true);
    for (const id of HOSTILE) {
      for (const args of [
        { ...run, runId: id },
        { ...run, incidentId: id },
      ])
        expect(CALLS['run.lines'].args.safeParse(args).success, JSON.stringify(args)).toBe(false);
      for (const call of ['run.attach', 'run.detach'] as const)
        expect(CALLS[call].args.safeParse({ runId: id }).success, JSON.stringify(id)).toBe(false);
      expect(CALLS['incident.open'].args.safeParse({ incidentId: id }).success, JSON.stringify(id)).toBe(false);
    }
  });

  it('of an act is a ULID in every call that takes one, and the refusal says so', async () => {
    const taking = Object.entries(CALLS).filter(([, { args }]) => 'intentId' in args.shape);
    expect(taking.map(([name]) => name).toSorted()).toEqual(
      [
        'drill.start',
        'drill.start-again',
        'drill.start-real',
        'incident.act',
        'incident.declare',
        'quick.start',
      ].toSorted(),
    );
    const window = (await virtualCore()).connect(() => undefined);
    for (const intentId of [...HOSTILE, 'of-mine', ulid().toLowerCase(), 7])
      for (const [name, { args }] of taking) {
        const { issues } = args.safeParse({ intentId }).error ?? { issues: [] };
        expect(
          issues.map(({ path }) => path.join('.')),
          `${name} ${JSON.stringify(intentId)}`,
        ).toContain('intentId');
      }
    const start = { intentId: 'of-mine', scenario: 'app-rollback', speed: 600, rowLine: null };
    expect(await window.call('drill.start', start)).toMatchObject({
      error: {
        code: 'bad-arguments',
        message: 'drill.start: intentId: is not a ULID: 26 characters, new for each intent.',
      },
    });
  });

  it('that is none makes no path', () => {
    for (const id of ['../../x', '..', 'a/b', '', 'a\u0000', `a\n`])
      expect(() => outputPath(id)).toThrow('is no id of a run');
  });

  it('of a run is answered only within its own incident', async () => {
    const core = await virtualCore();
    const [one, other] = [await ranOnce(core), await ranOnce(core)];
    const lines = (incidentId: string, runId: string) =>
      RUNS['run.lines'](core.services, { incidentId, runId, from: 0, count: 5 }, undefined as never);
    expect((await lines(one.incidentId, one.runId)).total).toBeGreaterThan(0);
    await expect(lines(one.incidentId, other.runId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(lines(one.incidentId, ulid())).rejects.toMatchObject({ code: 'not-found' });
  });
});
