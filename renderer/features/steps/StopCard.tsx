import { visibleCommand } from '#shared/words/visible.ts';
import { fastStop } from '#shared/platforms/fly/fast-stop.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CommandLine } from '../../ui/Command.tsx';
import './undo-card.css';

/** To read before all machines are stopped: the way back, what runs, what stays as it is, and how it is proven. */
export function StopCard({ step }: { readonly step: Step }) {
  const { service } = useIncident().state.declared;
  const { stop, undo } = fastStop(service);
  return (
    <section className="undo" aria-label="Before you run it">
      <p className="undo__versions">
        <span>Nobody is served</span>
        <span className="undo__service">on {service}</span>
      </p>
      <CommandLine label="The way back by hand" text={undo.join('\n')} />
      <dl className="undo__facts">
        <dt>Runs</dt>
        <dd>
          {step.commands.map(({ id, text }) => (
            <div key={id}>
              <code>{visibleCommand(text.replaceAll('"$SERVICE"', service))}</code>
            </div>
          ))}
          with the id of every machine, as read just before.
        </dd>
        <dt>Stays as it is</dt>
        <dd>Disks, releases, config and secrets. No machine is destroyed.</dd>
        <dt>Proven by</dt>
        <dd>The list of machines, read again after the health address was asked: all stand, and nobody answers.</dd>
        <dt>Owed until proven</dt>
        <dd>The same machines started again.</dd>
      </dl>
      <CommandLine label="The same by hand" text={stop.join('\n')} />
    </section>
  );
}
