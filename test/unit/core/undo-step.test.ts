/** Which step takes the change of another one back. */
import { expect, it } from 'vitest';
import { undoStepOf } from '#core/steps/undo-step.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { stepOf } from '../../fixtures/engine-context.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

const procedure = (id: string, ...kinds: readonly StepKind[]) => ({
  ...(RUNBOOK.procedures[0] as (typeof RUNBOOK.procedures)[number]),
  id,
  steps: kinds.map((kind) => stepOf(`${id}/${kind}`, [], { kind })),
});
const undone = (id: string, kind: StepKind) =>
  undoStepOf(
    {
      ...RUNBOOK,
      procedures: [
        procedure('a', 'maintenance-off', 'start-machines'),
        procedure('b', 'maintenance-on', 'maintenance-off', 'stop-machines'),
      ],
    },
    stepOf(`${id}/${kind}`, [], { kind }),
  );

it('is the one of the same procedure', () => {
  expect(undone('b', 'maintenance-on')).toBe('b/maintenance-off');
});

it('is the first of the runbook where the procedure has none', () => {
  expect(undone('b', 'stop-machines')).toBe('a/start-machines');
});

it('is none for a step that cannot be taken back', () => {
  expect(undone('b', 'maintenance-off')).toBeNull();
});
