import { useState } from 'react';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { AreaField } from '../../ui/Field.tsx';
import { EndedSteps, endingOf } from './EndedSteps.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import './ending.css';

/** All steps are over: how the incident ended, and the action that resolves it. */
export function ResolveStep() {
  const { state, runbook } = useIncident();
  const [summary, setSummary] = useState('');
  return (
    <StepFrame
      step={null}
      title="Resolve the incident"
      primary={{
        label: 'Resolve the incident',
        explain: 'Next comes the report. Deferred work stays open until it is done or waived.',
        run: () => void act({ kind: 'resolve', summary: summary.trim() }),
        blocked: null,
        changes: false,
      }}
    >
      <p className="ending">{endingOf(state, runbook)}</p>
      <EndedSteps />
      <div className="measure">
        <AreaField label="In a sentence or two: what happened (not needed now)" value={summary} onText={setSummary} />
      </div>
    </StepFrame>
  );
}
