import { secondService } from '#shared/incident/rolled-back-services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';

/** Switches to a procedure for several services, each with its own release, proof and outcome. */
export function SecondServiceWay({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const second = secondService(state, runbook, step);
  if (second === null) return null;
  const { procedure, others } = second;
  return (
    <div className="row">
      <Button
        disabled={state.asked !== null}
        onClick={() =>
          void act({
            kind: 'choose-procedure',
            procedureId: procedure.id,
            reason: `another service than ${state.declared.service} is broken as well`,
          })
        }
      >
        Another service is broken as well
      </Button>
      <span className="small soft">{others.join(', ')}: each with its own release and proof. Nothing is run yet.</span>
    </div>
  );
}
