import { useState } from 'react';
import { choicesOf } from '#shared/incident/choices.ts';
import { missingValues, notGiven } from '#shared/incident/variables.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { ReadBefore } from '../output/ReadBefore.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';

/** Patterns are read in the core only: such answers are typed. */
const NO_PATTERNS = () => () => null;

/** Asks for the values that the step's commands need. They are passed as arguments, never put into shell text. */
export function ValuesStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const asked = missingValues(state, runbook, step);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const valueOf = (name: string): string => (values[name] ?? '').trim();
  const wrong = asked.find((variable) => notGiven(variable, valueOf(variable.name)) !== null);
  const given = Object.fromEntries(asked.map(({ name }) => [name, valueOf(name)]));
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: asked.length === 1 ? 'Use this value' : 'Use these values',
        explain: 'Nothing is run yet.',
        run: () => void act({ kind: 'give-values', stepId: step.id, values: given }),
        blocked: wrong === undefined ? null : `Give ${wrong.name}: ${wrong.ask}.`,
        changes: false,
      }}
    >
      <p className="step__lead measure">The commands of this step need what only you know.</p>
      <div className="stack measure" data-enter="primary">
        {asked.map((variable, index) => {
          const offered = choicesOf(state, runbook, variable, NO_PATTERNS);
          const value = valueOf(variable.name);
          const refusal = value === '' ? null : notGiven(variable, value);
          return (
            <div className="stack stack--tight" key={variable.name}>
              <TextField
                label={variable.ask}
                type={variable.secret ? 'password' : 'text'}
                value={values[variable.name] ?? ''}
                onText={(text) => setValues({ ...values, [variable.name]: text })}
                hint={
                  refusal ??
                  (variable.secret ? `$${variable.name}. A secret: it is never stored.` : `$${variable.name}`)
                }
                aria-invalid={refusal !== null}
                autoFocus={index === 0}
              />
              {offered.length === 0 ? null : (
                <div className="chips" role="group" aria-label={`Printed before: ${variable.ask}`}>
                  {offered.map((choice) => (
                    <Button key={choice} onClick={() => setValues({ ...values, [variable.name]: choice })}>
                      {choice}
                    </Button>
                  ))}
                </div>
              )}
            </div>
          );
        })}
      </div>
      <ReadBefore step={step} />
      <StepMaterial step={step} showCommands />
    </StepFrame>
  );
}
