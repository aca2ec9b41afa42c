import { useState } from 'react';
import { isTyped, SHORTEST_ENDING, targetText, wordToType } from '#shared/platforms/postgres/target.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { TextField } from '../../ui/Field.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import '../steps/undo-card.css';

/** Confirms the database: a person types the end of its name, next to what the server reported. */
export function DatabaseStep({ step }: { readonly step: Step }) {
  const { identified } = useIncident().state.database;
  const [typed, setTyped] = useState('');
  if (identified === null) return null;
  const { target } = identified;
  const word = wordToType(target);
  const fits = isTyped(target, typed);
  // Shorter texts may be on their way to the right one.
  const isWrong = !fits && typed.trim().length >= Math.min(SHORTEST_ENDING, word.length);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'This is the right database',
        explain: `${targetText(target)}. Nothing is changed yet.`,
        run: () => void act({ kind: 'confirm-database', stepId: step.id, typed: typed.trim() }),
        blocked: fits ? null : `Type the end of ${word}, at least four letters.`,
        changes: false,
      }}
    >
      <section className="undo" aria-label="The database">
        <p className="undo__versions">
          <span className="undo__to">{target.project ?? target.name}</span>
          <span className="undo__service">as the runbook declares</span>
        </p>
        <dl className="undo__facts">
          <dt>Host</dt>
          <dd className="mono">
            {target.host}:{target.port}
            {target.address === null ? '' : ` (${target.address})`}
          </dd>
          <dt>Database</dt>
          <dd className="mono">{target.name}</dd>
          <dt>User</dt>
          <dd className="mono">{target.user}</dd>
          <dt>Server</dt>
          <dd>PostgreSQL {target.serverVersion}</dd>
        </dl>
      </section>
      <div className="form-grid" data-enter="primary">
        <TextField
          label={`Type the end of ${word}`}
          hint="The one part that can be wrong: everything else is the same in every project."
          value={typed}
          error={isWrong ? `"${typed.trim()}" is not the end of ${word}. Is this the right database?` : null}
          onText={setTyped}
          autoFocus
        />
      </div>
      <StepMaterial step={step} />
    </StepFrame>
  );
}
