import { useState } from 'react';
import { mayFixForward, rowOf } from '#shared/incident/matrix-row.ts';
import { incidentProcedures } from '#shared/runbook/practice-procedures.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';

/** Chooses a procedure; those of the matrix row come first. */
export function ProcedureStep() {
  const { state, runbook } = useIncident();
  const row = rowOf(state, runbook);
  const forward = mayFixForward(state.severity);
  const fits = row?.procedures ?? [];
  const procedures = incidentProcedures(runbook).toSorted((a, b) => rank(fits, a.id) - rank(fits, b.id));
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = procedures.find(({ id }) => id === picked) ?? procedures[0];
  useKeys(
    'Procedures',
    procedures.slice(0, 9).map(({ id, title }, index) => ({
      keys: String(index + 1),
      label: `Choose: ${title}`,
      run: () => setPicked(id),
    })),
  );
  return (
    <StepFrame
      step={null}
      title="Choose a procedure"
      primary={{
        label: chosen === undefined ? 'Choose a procedure' : `Start ${chosen.title}`,
        explain: 'Nothing is changed yet.',
        run: () => void (chosen && act({ kind: 'choose-procedure', procedureId: chosen.id, reason: '' })),
        blocked: chosen === undefined ? 'This runbook has no procedure. Its text is in the reference: F.' : null,
        changes: false,
      }}
      secondary={
        forward ? (
          <Button onClick={() => void act({ kind: 'fix-forward', reason: 'chosen instead of a procedure' })}>
            Fix forward: roll nothing back
          </Button>
        ) : null
      }
    >
      <fieldset className="stack stack--tight">
        <legend className="sr-only">Procedures</legend>
        {procedures.map((procedure, index) => (
          <label className="choice" key={procedure.id}>
            <input
              type="radio"
              name="procedure"
              checked={procedure.id === chosen?.id}
              onChange={() => setPicked(procedure.id)}
            />
            <Key>{String(index + 1)}</Key>
            <span className="choice__text">
              <span className="strong">{procedure.title}</span>
              <span className="soft small">
                {procedure.facts.map((fact) => `${fact.key}: ${fact.value}`).join(' · ')}
              </span>
            </span>
            {fits.includes(procedure.id) ? <span className="small strong">fits the row</span> : null}
          </label>
        ))}
      </fieldset>
    </StepFrame>
  );
}

const rank = (fits: readonly string[], id: string): number => (fits.includes(id) ? fits.indexOf(id) : fits.length);
