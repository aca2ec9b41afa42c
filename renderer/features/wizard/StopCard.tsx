import { fastStop } from '#shared/fly/stop-machines.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CommandLine } from '../../ui/Command.tsx';

/** Read before all machines are stopped: what goes, what stays, how it is proven, and the way back. */
export function StopCard() {
  const { service } = useIncident().state.declared;
  const { stop, undo } = fastStop(service);
  return (
    <section className="undo" aria-label="Before you run it">
      <p className="undo__versions">
        <span>Nobody is served</span>
        <span className="undo__service">on {service}</span>
      </p>
      <dl className="undo__facts">
        <dt>Stays as it is</dt>
        <dd>Disks, releases, config and secrets. No machine is destroyed.</dd>
        <dt>Proven by</dt>
        <dd>The list of machines, read again after the health address was asked: all stand, and nobody answers.</dd>
        <dt>Owed until proven</dt>
        <dd>The same machines started again.</dd>
      </dl>
      {stop.map((command) => (
        <CommandLine key={command} label="Command, with the ids as they are read just before" text={command} />
      ))}
      {undo.map((command) => (
        <CommandLine key={command} label="The way back" text={command} />
      ))}
    </section>
  );
}
