import { useState } from 'react';
import { procedureOf } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { AreaField } from '../../ui/Field.tsx';
import { OutcomeMark } from '../../ui/marks.tsx';
import { endingOf } from './ending.ts';
import { StepFrame } from './StepFrame.tsx';

/** All steps are over: how it ended, in one word, and the last act before the report. */
export function ResolveStep() {
  const { state, runbook } = useIncident();
  const [summary, setSummary] = useState('');
  const steps = procedureOf(state, runbook)?.steps ?? [];
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
      <ul className="ended" aria-label="Steps and their outcomes">
        {steps.map((step) => {
          const { outcome } = stepState(state, step.id);
          return (
            <li key={step.id}>
              <span>{step.title}</span>
              {outcome === null ? null : <OutcomeMark outcome={outcome} />}
            </li>
          );
        })}
      </ul>
      <div className="measure">
        <AreaField label="In a sentence or two: what happened (not needed now)" value={summary} onText={setSummary} />
      </div>
    </StepFrame>
  );
}
