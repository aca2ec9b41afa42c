import { stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { OutcomeMark } from '../../ui/marks.tsx';
import { RolloutView } from '../releases/RolloutView.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';
import { CommandLine } from '../../ui/Command.tsx';
import { commandText } from '#shared/incident/variables.ts';

/** A step other than the current one, read-only. */
export function LookAtStep({ step, onBack }: { readonly step: Step; readonly onBack: () => void }) {
  const { state, runbook } = useIncident();
  const { outcome, reason, observed, ticks } = stepState(state, step.id);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'Back to the current step',
        explain: 'You are only looking. Nothing can be started from here.',
        run: onBack,
        blocked: null,
        changes: false,
      }}
    >
      {outcome === null ? (
        <p className="soft">Nothing has happened to this step.</p>
      ) : (
        <p className="row">
          <OutcomeMark outcome={outcome} /> <span>{observed ?? reason}</span>
        </p>
      )}
      {definitionOf(step).deploys !== undefined ? <RolloutView step={step} /> : null}
      {step.checks.length === 0 ? null : (
        <ul className="prose">
          {step.checks.map((check) => (
            <li key={check.id}>
              {check.text} {ticks[check.id]?.ticked === true ? `(seen: ${ticks[check.id]?.observed ?? ''})` : ''}
            </li>
          ))}
        </ul>
      )}
      {outcome === null
        ? step.commands.map((command) => <CommandLine key={command.id} text={commandText(command, state, runbook)} />)
        : null}
      <StepMaterial step={step} />
    </StepFrame>
  );
}
