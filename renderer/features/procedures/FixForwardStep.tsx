import { useState } from 'react';
import { rowOf } from '#shared/incident/matrix-row.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { TextField } from '../../ui/Field.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';

/** Fix forward: nothing is rolled back. The clock and messages continue until a person confirms that the fix works. */
export function FixForwardStep() {
  const { state, runbook } = useIncident();
  const [seen, setSeen] = useState('');
  const row = rowOf(state, runbook);
  const fits = runbook.procedures.filter(({ id }) => row?.procedures.includes(id) === true);
  return (
    <StepFrame
      step={null}
      title="Fix forward"
      primary={{
        label: 'Confirm that the fix works',
        explain: state.row?.targetMs == null ? 'This row has no clock.' : 'It stops the clock.',
        run: () => void act({ kind: 'confirm-symptom-gone', observed: seen.trim() }),
        blocked: seen.trim() === '' ? 'Say what you saw.' : null,
        changes: false,
      }}
    >
      <p className="step__lead measure">
        The fault is corrected in a new release; nothing is rolled back and nothing is run here.
        {state.row === null ? null : ` The matrix says: ${state.row.action}, ${state.row.targetText}.`}
      </p>
      <p>
        The symptom: <span className="strong">{state.declared.symptom}</span>
      </p>
      <div className="measure" data-enter="primary">
        <TextField
          label="What you saw"
          hint='When the fix is out, for example "v12 is out, the operator works again"'
          value={seen}
          onText={setSeen}
        />
      </div>
      <p className="soft measure">
        Tell people with <kbd>M</kbd> (messages) or <kbd>S</kbd> (status now). To roll back after all
        {fits.length === 0 ? '' : ` (${fits.map(({ title }) => title).join(', ')})`}, press <kbd>X</kbd>. If it is worse
        than it looked, press <kbd>V</kbd>.
      </p>
    </StepFrame>
  );
}
