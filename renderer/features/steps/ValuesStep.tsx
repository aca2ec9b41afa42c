import { useEffect, useId, useState } from 'react';
import type { CallResult } from '#shared/api/calls.ts';
import { missingValues, notGiven } from '#shared/incident/variables.ts';
import type { Step } from '#shared/runbook/model.ts';
import { ask } from '../../stores/core.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { ReadBefore } from '../output/ReadBefore.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';

/** So many choices are buttons; the field suggests the rest. */
const BUTTONS = 20;

/**
 * Asks for the values that the step's commands need. They are passed as arguments, never put into shell text. A value in
 * what was read before is taken by a click on it, or from the suggestions of its field.
 */
export function ValuesStep({ step }: { readonly step: Step }) {
  const { id, state, runbook } = useIncident();
  const suggestions = useId();
  const answers = useAnswers(id, step.id);
  const asked = missingValues(state, runbook, step);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [aim, setAim] = useState<string | null>(null);
  const valueOf = (name: string): string => (values[name] ?? '').trim();
  const wrong = asked.find((variable) => notGiven(variable, valueOf(variable.name)) !== null);
  const given = Object.fromEntries(asked.map(({ name }) => [name, valueOf(name)]));
  // The field that was entered last, or the first one.
  const aimed = asked.find(({ name }) => name === aim) ?? asked[0];
  const pick = (value: string): void => {
    if (aimed !== undefined) setValues({ ...values, [aimed.name]: value });
  };
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
          const offered = answers[variable.name] ?? [];
          const buttons = variable.choices === undefined ? [] : offered.slice(0, BUTTONS);
          const list = `${suggestions}${variable.name}`;
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
                onFocus={() => setAim(variable.name)}
                list={list}
              />
              <datalist id={list}>
                {offered.map(({ value: answer, name }) => (
                  <option key={answer} value={answer}>
                    {name === '' ? answer : name}
                  </option>
                ))}
              </datalist>
              {buttons.length === 0 ? null : (
                <div className="chips" role="group" aria-label={`Printed before: ${variable.ask}`}>
                  {buttons.map(({ value: choice }) => (
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
      {aimed === undefined || aimed.secret ? (
        <ReadBefore step={step} />
      ) : (
        <ReadBefore step={step} pick={pick} hint={`Click a value to use it as ${aimed.name}.`} />
      )}
      <StepMaterial step={step} showCommands />
    </StepFrame>
  );
}

/** What was printed before, as answers; none until the core has read it. */
function useAnswers(incidentId: string, stepId: string): CallResult<'run.answers'> {
  const [answers, setAnswers] = useState<CallResult<'run.answers'>>({});
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      const result = await ask('run.answers', { incidentId, stepId });
      if (!gone && result.ok) setAnswers(result.value);
    };
    void read();
    return () => {
      gone = true;
    };
  }, [incidentId, stepId]);
  return answers;
}
