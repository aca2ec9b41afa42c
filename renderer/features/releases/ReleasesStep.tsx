import { count } from '#shared/words/count.ts';
import { useState } from 'react';
import { rolledBackAlready } from '#shared/incident/rolled-back-services.ts';
import { serviceState, undecided } from '#shared/incident/services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';

const LEFT = 'leave';

/** Chooses the release each service goes back to. The proposed ones are preselected. */
export function ReleasesStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const open = undecided(state, step, runbook);
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const choiceOf = (service: string): string =>
    picked[service] ??
    (rolledBackAlready(state, runbook, service) === null
      ? serviceState(state, service).releases?.proposed?.toString()
      : null) ??
    LEFT;
  const reasonOf = (service: string): string => reasons[service] ?? rolledBackAlready(state, runbook, service) ?? '';
  const picks = open.map((service) => ({
    service,
    version: choiceOf(service) === LEFT ? null : Number(choiceOf(service)),
    reason: reasonOf(service),
  }));
  const unexplained = picks.filter(({ version, reason }) => version === null && reason.trim() === '');
  const chosen = picks.filter(({ version }) => version !== null);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: `Go back with ${chosen.length} of ${count(open.length, 'service')}`,
        explain: 'Records the choices. Nothing is deployed yet.',
        run: () => void act({ kind: 'choose-releases', stepId: step.id, picks, immediate: false }),
        blocked:
          unexplained.length > 0
            ? `Say why ${unexplained.map(({ service }) => service).join(', ')} is left out.`
            : null,
        changes: false,
      }}
    >
      {open.map((service) => (
        <div key={service} className={choiceOf(service) === LEFT ? 'form-grid' : undefined}>
          {serviceState(state, service).releases?.clocks === undefined ? null : (
            <p className="notice notice--caution">{serviceState(state, service).releases?.clocks}</p>
          )}
          <Field label={`Release of ${service}`}>
            {(id) => (
              <select
                className="input"
                id={id}
                value={choiceOf(service)}
                onChange={(event) => setPicked({ ...picked, [service]: event.target.value })}
              >
                {(serviceState(state, service).releases?.verdicts ?? []).map(({ version, verdict, why }) => (
                  <option key={version} value={String(version)}>
                    v{version} · {verdict} · {why}
                  </option>
                ))}
                <option value={LEFT}>Leave it as it is</option>
              </select>
            )}
          </Field>
          {choiceOf(service) === LEFT ? (
            <TextField
              label={`Why ${service} is left out`}
              value={reasonOf(service)}
              onText={(reason) => setReasons({ ...reasons, [service]: reason })}
            />
          ) : null}
        </div>
      ))}
      <StepMaterial step={step} />
    </StepFrame>
  );
}
