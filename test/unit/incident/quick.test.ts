import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustBeDeployable, quickRow, quickSteps, versionOf } from '#shared/incident/quick.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';

const state = (verdict: 'proposed' | 'possible' | 'bad', image = 'registry.fly.io/a:x') =>
  ({
    declared: { service: 'a' },
    releases: { releases: [{ version: 9, image }], verdicts: [{ version: 9, verdict, why: 'Its image is running.' }] },
  }) as unknown as IncidentState;

describe('the quick rollback', () => {
  it('is declared by the complete outage, or the first P0, or no row', () => {
    const [outage, high] = RUNBOOK.matrix.rows;
    if (outage === undefined || high === undefined) throw new Error('the fixture has rows');
    const rows = (...given: (typeof outage)[]) => ({ ...RUNBOOK, matrix: { rows: given } });
    const other = { ...outage, condition: 'Data lost' };
    expect(quickRow(rows(other, outage))).toBe(outage);
    expect(quickRow(rows(high, other))).toBe(other);
    expect(quickRow(rows(high))).toBeNull();
  });

  it('takes the first procedure that chooses and deploys, and refuses a runbook without one', () => {
    expect(quickSteps(RUNBOOK)).toMatchObject({ choose: { id: STEPS.choose }, deploy: { id: STEPS.deploy } });
    expect(() => quickSteps({ ...RUNBOOK, procedures: RUNBOOK.procedures.slice(1) })).toThrow(/no procedure/);
  });

  it('reads v9 and 9 alike, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (version) => {
        expect(versionOf(`v${version}`)).toBe(version);
        expect(versionOf(` ${version} `)).toBe(version);
      }),
    );
    for (const wrong of ['', 'v', '0', 'v0', '9.1', 'v9 v8', '-9', '1e3', 'latest'])
      expect(versionOf(wrong)).toBeNull();
  });

  it('allows a bad version only on request, and one without an image never', () => {
    expect(() => mustBeDeployable(state('possible'), 9, false)).not.toThrow();
    expect(() => mustBeDeployable(state('bad'), 9, true)).not.toThrow();
    expect(() => mustBeDeployable(state('bad'), 9, false)).toThrow(/running/);
    expect(() => mustBeDeployable(state('bad', ''), 9, true)).toThrow(/no recorded image/);
    expect(() => mustBeDeployable(state('possible'), 8, true)).toThrow(/v8 is not among .*v9 \(possible\)/);
  });
});
