/** What a failed step of each kind offers, in the order shown. */
import { describe, expect, it } from 'vitest';
import { alternatives } from '#shared/incident/alternatives.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { STEP_KINDS, type StepKind } from '#shared/steps/kinds.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const BUNDLED = bundledRunbook();

/** Kinds that can fail because of an earlier choice. */
const AFTER_CHOICE: readonly StepKind[] = [
  'deploy-release',
  'deploy-releases',
  'confirm-effective',
  'watch',
  'run-rollback-sql',
  'verify-database',
];

interface Place {
  readonly procedure: Procedure;
  readonly step: Step;
}

function placeOf(kind: StepKind): Place | null {
  for (const procedure of BUNDLED.procedures) {
    const step = procedure.steps.find((each) => each.kind === kind);
    if (step !== undefined) return { procedure, step };
  }
  return null;
}

function failed(kind: StepKind): Place & { readonly state: IncidentState } {
  const place = placeOf(kind);
  if (place === null) throw new Error(`The bundled runbook has no step of kind ${kind}.`);
  const stepId = place.step.id;
  const events = new IncidentEvents({ severity: 'P0' })
    .add('procedure.chosen', { procedureId: place.procedure.id, reason: '' })
    .add('step.ended', { stepId, outcome: 'failed', reason: '', observed: null, dueAt: null });
  return { ...place, state: reduce(events.events) as IncidentState };
}

function offeredIn(kind: StepKind, runbook: Runbook = BUNDLED): readonly string[] {
  const { state, step } = failed(kind);
  return alternatives(state, runbook, step).map(({ id }) => id);
}

describe('a failed step', () => {
  it.each([
    ['deploy-release', 'choose-release', 'other-release'],
    ['confirm-effective', 'choose-release', 'other-release'],
    ['watch', 'choose-release', 'other-release'],
    ['deploy-releases', 'choose-releases', 'other-release'],
    ['run-rollback-sql', 'choose-migration', 'other-sql'],
    ['verify-database', 'choose-migration', 'other-sql'],
  ] as const)('%s offers to go back to %s', (kind, choice, id) => {
    const { procedure, state, step } = failed(kind);
    const chosen = procedure.steps.find((each) => each.kind === choice);
    const offered = alternatives(state, BUNDLED, step).filter((each) => each.id === id);
    expect(offered).toMatchObject([{ intent: { kind: 'reopen-step', stepId: chosen?.id } }]);
  });

  it('of another kind offers no other choice', () => {
    for (const kind of STEP_KINDS.filter((each) => !AFTER_CHOICE.includes(each) && placeOf(each) !== null))
      expect(offeredIn(kind), kind).not.toEqual(expect.arrayContaining([expect.stringMatching(/^other-/)]));
  });

  it('that relies on a proof is not offered again while there is no proof', () => {
    const again = STEP_KINDS.filter((kind) => placeOf(kind) !== null && !offeredIn(kind).includes('retry'));
    expect(again).toEqual(['confirm-effective', 'watch']);
  });

  it('that left machines on two images recommends finishing the deploy, first and alone', () => {
    const { procedure, step } = failed('deploy-release');
    const machine = (id: string, onTarget: boolean) => ({
      ...{ id, onTarget, group: 'app', state: 'started', passing: 1, checks: 1 },
      image: onTarget ? 'registry/app:9' : 'registry/app:10',
    });
    const events = new IncidentEvents({ severity: 'P0' })
      .add('procedure.chosen', { procedureId: procedure.id, reason: '' })
      .add('rollout.seen', { runId: 'r', service: 'app', machines: [machine('a', true), machine('b', false)] })
      .add('step.ended', { stepId: step.id, outcome: 'failed', reason: '', observed: null, dueAt: null });
    const offered = alternatives(reduce(events.events) as IncidentState, BUNDLED, step);
    expect(offered[0]).toMatchObject({ id: 'retry', recommended: true });
    expect(offered.filter(({ id, recommended }) => id === 'retry' || recommended === true)).toHaveLength(1);
  });

  it('that should have ended the service offers the fast stop before any other procedure', () => {
    const [first] = offeredIn('maintenance-on').filter((id) => id.startsWith('procedure:'));
    expect(first).toBe('procedure:stop-all-machines');
  });

  it('of the fast stop itself, or without a fast stop in the runbook, offers the dashboard', () => {
    const procedures = BUNDLED.procedures.filter(({ id }) => id !== 'stop-all-machines');
    expect(offeredIn('stop-machines')).toContain('stop-on-dashboard');
    expect(offeredIn('maintenance-on', { ...BUNDLED, procedures })).toContain('stop-on-dashboard');
    expect(offeredIn('maintenance-on')).not.toContain('stop-on-dashboard');
  });
});

describe('a deploy that stopped half way', () => {
  const labels = (state: string, onTarget: boolean): readonly string[] => {
    const { procedure, step } = failed('deploy-release');
    const machine = { group: 'app', image: 'v9', passing: 1, checks: 1 };
    const events = new IncidentEvents({ severity: 'P0' })
      .add('procedure.chosen', { procedureId: procedure.id, reason: '' })
      .add('rollout.seen', {
        runId: '',
        service: 'shop',
        machines: [
          { ...machine, id: 'm1', state: 'started', onTarget: true },
          { ...machine, id: 'm2', state, onTarget },
        ],
      })
      .add('step.ended', { stepId: step.id, outcome: 'failed', reason: '', observed: null, dueAt: null });
    return alternatives(reduce(events.events) as IncidentState, BUNDLED, step).map(({ label }) => label);
  };
  const FINISH = expect.stringMatching(/^Finish the deploy: .*machines of shop are mixed/);

  it.each(['started', 'replacing', 'starting', 'updating', 'stopping'])(
    'is offered to be finished while the other machine is %s',
    (state) => {
      expect(labels(state, false)).toContainEqual(FINISH);
    },
  );

  it('is not called mixed when the other machine stands, or has the image already', () => {
    expect(labels('stopped', false)).not.toContainEqual(FINISH);
    expect(labels('replacing', true)).not.toContainEqual(FINISH);
  });
});

describe('a regression in the watch of a runbook with commands of its own', () => {
  const kiosk = (...proof: readonly string[]): Runbook =>
    parseRunbook(
      [
        '# Kiosk',
        '',
        '## Option 1: Restart it',
        '',
        '1. **Restart the kiosk**',
        '   ```bash effect=change',
        '   kioskctl restart',
        '   ```',
        ...proof,
        '2. **Confirm**',
        '   ```bash step=confirm-effective',
        '   curl -fsS http://127.0.0.1:1/health',
        '   ```',
        '3. **Watch**',
        '   ```bash step=watch watch=30m',
        '   curl -fsS http://127.0.0.1:1/health',
        '   ```',
      ].join('\n'),
      'kiosk.md',
    ).model;
  const PROOF = ['   ```bash proof', '   curl -fsS http://127.0.0.1:1/health', '   ```'];

  const regressed = (proven: boolean) => {
    const runbook = kiosk(...(proven ? PROOF : []));
    const [procedure] = runbook.procedures;
    const [restart, , watch] = procedure?.steps ?? [];
    if (procedure === undefined || restart === undefined || watch === undefined) throw new Error('three steps');
    const events = new IncidentEvents({ severity: 'P0' }).add('procedure.chosen', {
      procedureId: procedure.id,
      reason: '',
    });
    if (proven) events.add('proof.evaluated', { stepId: restart.id, met: true, before: [], after: [], findings: [] });
    events
      .add('watch.started', { stepId: watch.id, minutes: 30 })
      .add('regression.found', { stepId: watch.id, detail: '3 bad answers in a row' })
      .add('watch.ended', { stepId: watch.id, completed: false, reason: '' })
      .add('step.ended', { stepId: watch.id, outcome: 'failed', reason: '', observed: null, dueAt: null });
    return { restart, watch, offered: alternatives(reduce(events.events) as IncidentState, runbook, watch) };
  };

  it('is proven again by the step that was proven before, of whatever kind', () => {
    const { offered, restart } = regressed(true);
    const [first, ...others] = offered;
    expect(first?.label).toBe('Prove the rollback again, then confirm and watch again');
    expect(first?.intent).toEqual({ kind: 'check-proof', stepId: restart.id });
    expect(others.map(({ id }) => id)).not.toContain('retry');
  });

  it('can be watched again where the runbook has nothing that could be proven', () => {
    const { offered, watch } = regressed(false);
    const retry = offered.find(({ id }) => id === 'retry');
    expect(retry?.intent).toMatchObject({ kind: 'reopen-step', stepId: watch.id });
  });
});
