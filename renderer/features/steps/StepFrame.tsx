import { type ReactNode, useEffect, useRef } from 'react';
import { procedureOf } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionBar, type Primary } from '../action-bar/ActionBar.tsx';
import { act } from '../../stores/incident.ts';
import { MissingTools } from '../tools/MissingTools.tsx';
import { Problem } from '../alternatives/Problem.tsx';
import { ReportDefect } from '../defects/ReportDefect.tsx';
import { RunbookText } from './RunbookText.tsx';
import './step-frame.css';

interface StepFrameProps {
  /** null for a question that belongs to no step. */
  readonly step: Step | null;
  readonly title: string;
  /** The primary action; null when there is none, and `status` says why. */
  readonly primary: Primary | null;
  readonly status?: ReactNode;
  readonly secondary?: ReactNode;
  /** The children show the runbook's text of the step themselves. */
  readonly ownText?: boolean;
  readonly children: ReactNode;
}

/** The layout of every step: heading, body, and the action bar below. */
export function StepFrame({ step, title, primary, status, secondary, ownText = false, children }: StepFrameProps) {
  const { state, runbook } = useIncident();
  const heading = useFocusOnStep(`${step?.id} ${title} ${primary?.label}`);
  const procedure = procedureOf(state, runbook);
  const steps = procedure?.steps ?? [];
  const index = steps.findIndex(({ id }) => id === step?.id);
  const { taken } = state.branches;
  const inBranch = step !== null && step.id === taken?.branchId;
  const place = inBranch
    ? `Another way for “${steps.find(({ id }) => id === taken?.stepId)?.title ?? ''}”`
    : index >= 0
      ? `Step ${index + 1} of ${steps.length}`
      : (procedure?.title ?? '');
  return (
    <>
      <div className="step">
        <header className="step__head">
          <div className="step__over">
            <p className="soft small">{place}</p>
            {step === null ? null : <ReportDefect key={step.id} step={step} />}
          </div>
          <h2 className="step__title" ref={heading} tabIndex={-1}>
            {title}
          </h2>
        </header>
        <MissingTools />
        <Problem step={step} />
        {ownText ? null : <RunbookText prose={step?.prose} />}
        {children}
      </div>
      <ActionBar
        primary={primary}
        status={status}
        secondary={inBranch && primary !== null ? <InBranch>{secondary}</InBranch> : secondary}
      />
    </>
  );
}

/** A new step or action takes the focus to the heading, unless a person is in a field or on a control that is still there. */
function useFocusOnStep(what: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [what]);
  return heading;
}

/** A branch can be left at any time; what it did stays as it is. */
const InBranch = ({ children }: { readonly children: ReactNode }) => (
  <>
    {children}
    <Button onClick={() => void act({ kind: 'leave-branch', reason: 'another way was chosen' })}>
      Back to the other ways
    </Button>
  </>
);
