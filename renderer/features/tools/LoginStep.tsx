import { loginCommand } from '#shared/platforms/logins.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandLine } from '../../ui/Command.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';

/** A login has expired: opens it in a terminal, waits for it, and then returns to the same step. */
export function LoginStep({ step }: { readonly step: Step }) {
  const { login } = useIncident().state.branches;
  if (login === null) return null;
  const command = loginCommand(login.tool);
  const skip = (
    <Button onClick={() => void act({ kind: 'skip-login', reason: 'gone on without' })}>Go on without</Button>
  );
  if (login.opened === null) {
    return (
      <StepFrame
        step={step}
        title={`The login of ${login.tool} has expired`}
        primary={{
          label: `Log in to ${login.tool} again`,
          explain: `Opens ${command} in a terminal of its own. Nothing is run again by itself.`,
          run: () => void act({ kind: 'log-in', here: false }),
          blocked: null,
          changes: false,
        }}
        secondary={skip}
      >
        <p className="step__lead measure">
          Rollbook notices when you are logged in, and offers “{step.title}” again at the same place.
        </p>
        <StepMaterial step={step} />
      </StepFrame>
    );
  }
  const { terminal } = login.opened;
  return (
    <StepFrame
      step={step}
      title={`Waiting for the login of ${login.tool}`}
      primary={null}
      status={<p>Asking {login.tool} every 3 seconds who is logged in. It only reads.</p>}
      secondary={skip}
    >
      <div className="step__lead measure stack stack--tight" role="status">
        <p>
          {terminal === null
            ? 'No terminal can be opened from here. Run this in a terminal of this machine:'
            : `Log in in the ${terminal} window that was opened. If there is none, run this in a terminal:`}
        </p>
        <CommandLine text={command} />
        <p>“{step.title}” is offered again as soon as you are logged in.</p>
      </div>
      <StepMaterial step={step} />
    </StepFrame>
  );
}
