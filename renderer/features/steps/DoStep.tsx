import type { NextAction } from '#shared/steps/action.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { ReadBefore } from '../output/ReadBefore.tsx';
import { RolloutView } from '../releases/RolloutView.tsx';
import { viewOf } from './views.tsx';
import { RunbookText } from './RunbookText.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';

interface DoStepProps {
  readonly step: Step;
  readonly next: Extract<NextAction, { kind: 'do' }>;
}

/** A step whose action can run now: what it will do, the way back, and the button. */
export function DoStep({ step, next }: DoStepProps) {
  const { state } = useIncident();
  const { lead, deploys, branch } = definitionOf(step);
  const losesData = branch?.losesData === true;
  const { Card, Quicker } = viewOf(step);
  // The card of several services is shown even before their change.
  const showsCard = next.changes || deploys === 'several-services';
  const live = state.declared.adapter === 'real';
  return (
    // What the change does, and its way back, come before anything else.
    <StepFrame
      step={step}
      title={step.title}
      ownText
      primary={{
        label: next.label,
        explain: EXPLAIN[next.intent.kind]?.(live) ?? '',
        run: () => void act(next.intent),
        blocked: null,
        changes: next.changes,
      }}
    >
      {showsCard && Card !== undefined ? <Card step={step} /> : null}
      <RunbookText prose={step.prose} />
      {deploys === 'several-services' ? <RolloutView step={step} /> : null}
      {lead === null || step.prose !== undefined || (next.changes && losesData) ? null : (
        <p className="step__lead measure">{lead}</p>
      )}
      {deploys === undefined ? <ReadBefore step={step} /> : null}
      {Quicker === undefined ? null : <Quicker />}
      <StepMaterial step={step} showCommands={!next.changes} />
    </StepFrame>
  );
}

const EXPLAIN: Partial<Record<Intent['kind'], (live: boolean) => string>> = {
  'run-reads': () => 'Only reads. Nothing is changed.',
  'run-change': (live) =>
    live
      ? 'Changes the running service. Enter arms it, Enter again runs it.'
      : 'Simulated change. Enter arms it, Enter again runs it.',
  'deploy-services': (live) =>
    live
      ? 'Changes the running service. Enter arms it, Enter again runs it.'
      : 'Simulated change. Enter arms it, Enter again runs it.',
  'check-proof': () => 'Only reads: checks whether the change did what it was for.',
  'start-watch': () => 'Probes the health address. Three bad readings in a row start the mitigation clock again.',
};
