import { count } from '#shared/words/count.ts';
import { useState } from 'react';
import { stepState } from '#shared/incident/state.ts';
import type { Check, Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { TextField } from '../../ui/Field.tsx';
import { LastRun, ReadBefore } from '../output/ReadBefore.tsx';
import { runsOf } from '../output/runs.ts';
import { CheckText } from './RunbookText.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';
import { CheckItemForm, CheckItemRow, useCheckItem } from '../checklist/CheckItem.tsx';

/** A step that only a person can confirm. Each ticked check asks for what was seen. */
export function ChecksStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const { ticks } = stepState(state, step.id);
  const [observed, setObserved] = useState('');
  // Shows the last output, so that nobody ticks "no errors in the logs" without seeing the logs.
  const last = runsOf(state, step).at(-1) ?? null;
  const open = step.checks.filter((check) => ticks[check.id]?.ticked !== true);
  const seen = observed.trim();
  const blocked =
    open.length > 0
      ? `${open.length} of ${count(step.checks.length, 'check')} are open. Tick them, or leave the step with a reason.`
      : seen === '' && step.checks.length === 0
        ? 'Say what you saw.'
        : null;
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'Confirm this step',
        explain: 'Recorded as confirmed by you, with what you saw.',
        run: () => void act({ kind: 'confirm-step', stepId: step.id, observed: seen }),
        blocked,
        changes: false,
      }}
    >
      {last === null ? <ReadBefore step={step} /> : <LastRun key={last.runId} run={last} />}
      {step.checks.length === 0 ? null : (
        <ul className="checks" aria-label="Checks">
          {step.checks.map((check, index) => (
            <CheckRow key={check.id} step={step} check={check} number={index + 1} />
          ))}
        </ul>
      )}
      <div className="measure" data-enter="primary">
        <TextField
          label={step.checks.length === 0 ? 'What you saw' : 'Anything else you saw (not needed)'}
          value={observed}
          onText={setObserved}
        />
      </div>
      <StepMaterial step={step} without={last?.runId ?? null} />
    </StepFrame>
  );
}

interface CheckRowProps {
  readonly step: Step;
  readonly check: Check;
  readonly number: number;
}

function CheckRow({ step, check, number }: CheckRowProps) {
  const given = stepState(useIncident().state, step.id).ticks[check.id];
  const ticked = given?.ticked === true;
  const tick = useCheckItem({ stepId: step.id, check, ticked, number, keyGroup: 'Checks' });
  return (
    <li className="check">
      <CheckItemRow tick={tick}>
        {ticked && given.observed !== '' ? <span className="small">seen: {given.observed}</span> : null}
      </CheckItemRow>
      {ticked ? null : <CheckText check={check} />}
      {tick.asking ? <CheckItemForm tick={tick} placeholder='What you saw, for example "HTTP 200, 14 rows"' /> : null}
    </li>
  );
}
