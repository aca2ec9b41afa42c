import type { ComponentType } from 'react';
import { allSteps } from '#shared/incident/branches.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import type { Ask } from '#shared/steps/action.ts';
import { procedureOf } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { ProofReceipt } from './ProofReceipt.tsx';
import { ResumeStrip } from './ResumeStrip.tsx';
import { FinishedStep } from '../resolve/FinishedStep.tsx';
import { LookAtStep } from '../steps/LookAtStep.tsx';
import { ProcedureStep } from '../procedures/ProcedureStep.tsx';
import type { Looking } from './ProcedureRail.tsx';
import { ResolveStep } from '../resolve/ResolveStep.tsx';
import { ApprovalStep } from '../approvals/ApprovalStep.tsx';
import { ChecklistStep } from '../checklist/ChecklistStep.tsx';
import { FixForwardStep } from '../procedures/FixForwardStep.tsx';
import { ChecksStep } from '../steps/ChecksStep.tsx';
import { DashboardStep } from '../steps/DashboardStep.tsx';
import { DatabaseStep } from '../database/DatabaseStep.tsx';
import { DecideStep } from '../alternatives/DecideStep.tsx';
import { DoStep } from '../steps/DoStep.tsx';
import { LoginStep } from '../tools/LoginStep.tsx';
import { MigrationStep } from '../database/MigrationStep.tsx';
import { ReleaseStep } from '../releases/ReleaseStep.tsx';
import { ReleasesStep } from '../releases/ReleasesStep.tsx';
import { RestoreStep } from '../database/RestoreStep.tsx';
import { SymptomStep } from '../symptom/SymptomStep.tsx';
import { ValuesStep } from '../steps/ValuesStep.tsx';
import { WaitStep } from '../steps/WaitStep.tsx';
import { WatchStep } from '../watch/WatchStep.tsx';

/** The middle of the wizard: the current step, or another one that a person looks at. */
export function CurrentStep({ looking, onLook }: Looking) {
  const { state, runbook } = useIncident();
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const looked = steps.find((step) => step.id === looking);
  return (
    <main className="current" aria-label="Current step">
      <ResumeStrip />
      {looked === undefined ? <ProofReceipt /> : null}
      {looked === undefined ? <NextStep /> : <LookAtStep step={looked} onBack={() => onLook(null)} />}
    </main>
  );
}

function NextStep() {
  const { state, runbook } = useIncident();
  const next = nextAction(state, runbook);
  // Steps of all procedures: switching maintenance mode off is owed even when another procedure is followed.
  const steps = allSteps(runbook);
  const step = steps.find(({ id }) => 'stepId' in next && id === next.stepId) ?? null;
  if (next.kind === 'finished') return <FinishedStep />;
  if (step === null) return <AskedOutsideProcedure what={next.kind === 'ask' ? next.ask : 'resolve'} />;
  switch (next.kind) {
    case 'do':
      return <DoStep key={next.label} step={step} next={next} />;
    case 'wait':
      return <WaitStep step={step} />;
    case 'decide':
      return <DecideStep step={step} />;
    case 'ask':
      return <AskedInStep step={step} what={next.ask} />;
  }
}

/** Questions that belong to no step of a procedure. */
function AskedOutsideProcedure({ what }: { readonly what: Ask }) {
  switch (what) {
    case 'procedure':
      return <ProcedureStep />;
    case 'checklist':
      return <ChecklistStep />;
    case 'fix-forward':
      return <FixForwardStep />;
    default:
      return <ResolveStep />;
  }
}

type AskedOutside = 'procedure' | 'checklist' | 'fix-forward' | 'resolve';

/** The view of each question about a step. */
const ASKED: Readonly<Record<Exclude<Ask, AskedOutside>, ComponentType<{ readonly step: Step }>>> = {
  release: ReleaseStep,
  releases: ReleasesStep,
  approval: ApprovalStep,
  database: DatabaseStep,
  migration: MigrationStep,
  checkpoint: WatchStep,
  values: ValuesStep,
  restore: RestoreStep,
  login: LoginStep,
  dashboard: DashboardStep,
  symptom: SymptomStep,
  checks: ChecksStep,
  'by-hand': ChecksStep,
};

function AskedInStep({ step, what }: { readonly step: Step; readonly what: Ask }) {
  const View = what in ASKED ? ASKED[what as keyof typeof ASKED] : ChecksStep;
  return <View key={step.id} step={step} />;
}
