import type { NextAction } from '#shared/incident/next-action.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { RolloutView } from './RolloutView.tsx';
import { FastStop } from './FastStop.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import { SqlCard } from './SqlCard.tsx';
import { StopCard } from './StopCard.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';
import { SystemCard } from './SystemCard.tsx';
import { UndoCard } from './UndoCard.tsx';

interface DoStepProps {
  readonly step: Step;
  readonly next: Extract<NextAction, { kind: 'do' }>;
}

/** Something can be done at once: what it will do, the way back, and the one button. */
export function DoStep({ step, next }: DoStepProps) {
  const { state } = useIncident();
  const restores = next.changes && step.kind === 'restore-database';
  const live = state.declared.adapter === 'real';
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: next.label,
        explain: EXPLAIN[next.intent.kind]?.(live) ?? '',
        run: () => void act(next.intent),
        blocked: null,
        changes: next.changes,
      }}
    >
      {next.changes && step.kind === 'deploy-release' ? <UndoCard step={step} /> : null}
      {step.kind === 'deploy-releases' ? <SystemCard step={step} /> : null}
      {step.kind === 'deploy-releases' ? <RolloutView step={step} /> : null}
      {next.changes && step.kind === 'run-rollback-sql' ? <SqlCard /> : null}
      {restores ? <RestoreCard /> : null}
      {LEAD[step.kind] === null || restores ? null : <p className="step__lead measure">{LEAD[step.kind]}</p>}
      {step.kind === 'maintenance-on' ? <FastStop /> : null}
      {next.changes && step.kind === 'stop-machines' ? <StopCard step={step} /> : null}
      <StepMaterial step={step} showCommands={!next.changes} />
    </StepFrame>
  );
}

const LEAD: Readonly<Record<Step['kind'], string | null>> = {
  'choose-release':
    'Reads the releases and what runs now, then proposes the newest complete release from before the trouble.',
  'deploy-release': null,
  'choose-releases': 'Reads the releases of every service and proposes the way back of each.',
  'deploy-releases':
    'Each service has its own target and outcome; when one fails, the others can still be rolled back.',
  'confirm-effective': 'Reads the health address and what runs now. Then you say whether the symptom is gone.',
  watch: 'Keeps looking after the rollback, so that a return of the trouble is seen at once.',
  'identify-database':
    'Asks the server who it is and compares that with what the runbook declares. Then you confirm it.',
  'choose-migration': 'Reads the migration history and the list of backups, newest first.',
  'dump-tables':
    'Writes the affected tables to a file only you can read, and proves that it can be read back. To go on without a dump, leave the step out and say why.',
  'run-rollback-sql': null,
  'build-release': null,
  'run-manual-sql': null,
  'restore-database': 'Reads which moments can be restored. Nothing is changed yet.',
  dashboard: null,
  'verify-database':
    'Reads the history, the list of tables and their rows, and compares them with what has to be there.',
  task: null,
  'maintenance-on':
    'Sets a secret: every machine is restarted and waited for. Users are locked out until it is switched off again.',
  'stop-machines': null,
  'start-machines':
    'Starts the machines that ran before and lets requests in again. Proven when all are started, their checks pass and the health address answers well.',
  'maintenance-off': 'Takes the secret away again. Proven when the public address answers well and without the marker.',
};

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
  'check-proof': () => 'Only reads: looks whether the change has done what it was for.',
  'start-watch': () => 'Probes the health address. Three bad readings in a row start the mitigation clock again.',
};
