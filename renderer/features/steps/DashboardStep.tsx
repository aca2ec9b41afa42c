import { useState } from 'react';
import { linkOf } from '#shared/incident/branches.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { TextField } from '../../ui/Field.tsx';
import { StepFrame } from './StepFrame.tsx';

/** Links to a web dashboard, which Rollbook cannot read, and asks what a person saw there. */
export function DashboardStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const [observed, setObserved] = useState('');
  const seen = observed.trim();
  const link = linkOf(step, state);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'Confirm what I saw',
        explain: 'Recorded as confirmed by you, with what you saw.',
        run: () => void act({ kind: 'confirm-step', stepId: step.id, observed: seen }),
        blocked: seen === '' ? 'Say what you saw first.' : null,
        changes: false,
      }}
    >
      <div className="step__lead measure stack stack--tight">
        <p>{step.risk}</p>
        <p className="row">
          <a href={link} target="_blank" rel="noreferrer" className="mono">
            {link}
          </a>
          <CopyButton text={link} what="address" />
        </p>
      </div>
      <div className="measure" data-enter="primary">
        <TextField
          label="What you saw"
          hint="A value, not a feeling: a version, a status, a time."
          value={observed}
          onText={setObserved}
          autoFocus
        />
      </div>
    </StepFrame>
  );
}
