import { fastStop } from '#shared/platforms/fly/fast-stop.ts';
import { stopProcedure } from '#shared/incident/service-down.ts';
import { platformOf } from '#shared/runbook/services.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandLine } from '../../ui/Command.tsx';

/** Offers to stop all machines, faster than maintenance mode. By hand if the runbook has no procedure for it. */
export function FastStop() {
  const { state, runbook } = useIncident();
  const stop = stopProcedure(runbook);
  const { service } = state.declared;
  if (stop === null && platformOf(runbook, service) !== 'fly') return null;
  if (stop === null) return <ByHand service={service} drill={state.declared.kind === 'drill'} />;
  return (
    <p className="row">
      <Button
        disabled={state.asked !== null}
        onClick={() =>
          void act({ kind: 'choose-procedure', procedureId: stop.id, reason: 'every second of service does harm' })
        }
      >
        Quicker: stop all machines
      </Button>
      <span className="small soft">Nobody is served then, and nothing is destroyed. Nothing is run yet.</span>
    </p>
  );
}

function ByHand({ service, drill }: { readonly service: string; readonly drill: boolean }) {
  const { stop, undo } = fastStop(service);
  const note = (text: string): void => void act({ kind: 'note', text, starred: true });
  return (
    <details>
      <summary>Quicker, by hand: stop all machines of {service}</summary>
      <div className="stack stack--tight">
        <p className="measure">
          Nobody is served then. Nothing is destroyed: what happened can still be looked into. Cordoned first, or the
          next request would start them again. {drill ? 'In a drill, only note it.' : ''}
        </p>
        {stop.map((command) => (
          <CommandLine key={command} text={command} />
        ))}
        <div className="row">
          <Button onClick={() => note(`All machines of ${service} were stopped by hand`)}>I stopped them</Button>
          <Button onClick={() => note(`All machines of ${service} were started again by hand`)}>
            I started them again
          </Button>
        </div>
        <p className="small soft">The way back:</p>
        {undo.map((command) => (
          <CommandLine key={command} text={command} />
        ))}
      </div>
    </details>
  );
}
