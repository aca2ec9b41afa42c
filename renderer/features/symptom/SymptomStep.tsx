import { useState } from 'react';
import { clockAtSymptom } from '#shared/incident/proof-taken-back.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { LastRun } from '../output/ReadBefore.tsx';
import { runsOf } from '../output/runs.ts';
import { SecondServiceWay } from '../releases/SecondServiceWay.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';

/** Asks a person whether the symptom is gone, and what they see. */
export function SymptomStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const [observed, setObserved] = useState('');
  const version = state.choice?.version;
  const suggestions = [
    ...(version === undefined ? [] : [`HTTP 200, v${version}'s image running`]),
    'Page loads, no errors seen',
    'Error rate back to normal',
  ];
  const runs = runsOf(state, step);
  const seen = observed.trim();
  useKeys('Symptom', [
    ...suggestions.map((text, index) => ({
      keys: String(index + 1),
      label: `Seen: ${text}`,
      run: () => setObserved(text),
    })),
  ]);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'Confirm: symptom gone',
        explain: clockAtSymptom(state),
        run: () => void act({ kind: 'confirm-symptom-gone', observed: seen }),
        blocked: seen === '' ? 'Say what you saw first: a number takes a suggestion.' : null,
        changes: false,
      }}
      secondary={
        <Button
          look="danger"
          aria-disabled={seen === ''}
          onClick={() => seen !== '' && void act({ kind: 'symptom-remains', observed: seen })}
        >
          Symptom remains
        </Button>
      }
    >
      <div className="step__lead measure">
        <p>
          Reported: <strong>{state.declared.symptom === '' ? state.declared.title : state.declared.symptom}</strong>
        </p>
        <p>Look for yourself, then say what you saw.</p>
      </div>
      <div className="stack stack--tight measure" data-enter="primary">
        <TextField label="What you saw" value={observed} onText={setObserved} />
        <div className="chips" aria-label="Suggestions" role="group">
          {suggestions.map((text, index) => (
            <button key={text} type="button" className="chip" onClick={() => setObserved(text)}>
              <Key>{String(index + 1)}</Key> {text}
            </button>
          ))}
        </div>
      </div>
      {runs.map((run) => (
        <LastRun key={run.runId} run={run} />
      ))}
      <SecondServiceWay step={step} />
      <StepMaterial step={step} runs={false} />
    </StepFrame>
  );
}
