import { isMixed } from '#shared/platforms/fly/machine-states.ts';
import { activeRun } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/services.ts';
import type { MachineSeen } from '#shared/incident/topics/watch-events.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Mark } from '../../ui/marks.tsx';
import { duration } from '../../ui/time.ts';
import { Ago } from '../clocks/Clocks.tsx';
import './fleet.css';

interface FleetProps {
  readonly service: string;
  readonly machines: readonly MachineSeen[];
  readonly at: number;
}

/** One service: a tile for each machine, which fills when it runs the chosen image. A table for assistive technology. */
export function Fleet({ service, machines, at }: FleetProps) {
  const versions = useVersions(service);
  const arrived = machines.filter(({ onTarget }) => onTarget === true).length;
  return (
    <table className="fleet" aria-label={`Machines of ${service}`}>
      <caption>
        <span className="mono strong">{service}</span>
        <span className="tabular">
          {arrived} of {machines.length} machines on {versions.after ?? 'the chosen image'}
        </span>
        {isMixed(machines) ? <Mark shape="triangle" tone="caution" word="mixed" /> : null}
        <UsualTime />
        <span className="soft small tabular">
          last change seen <Ago at={at} />
        </span>
      </caption>
      <thead className="sr-only">
        <tr>
          {['Machine', 'Group', 'State', 'Image', 'Checks'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="fleet__tiles">
        {machines.map((machine) => (
          <Tile key={machine.id} machine={machine} {...versions} />
        ))}
      </tbody>
    </table>
  );
}

interface Versions {
  readonly before: string | null;
  readonly after: string | null;
}

function useVersions(service: string): Versions {
  const { state } = useIncident();
  const choice = serviceState(state, service).choice ?? (state.declared.service === service ? state.choice : null);
  if (choice === null) return { before: null, after: null };
  return {
    before: choice.from.version === null ? null : `v${choice.from.version}`,
    after: `v${choice.version}`,
  };
}

function Tile({ machine, before, after }: Versions & { readonly machine: MachineSeen }) {
  const { id, group, state, image, onTarget, passing, checks } = machine;
  const standing = onTarget === null ? 'unknown' : onTarget ? 'after' : 'before';
  return (
    <tr className={`tile tile--${standing}`} title={`${id}: ${image}`}>
      <th scope="row" className="tile__id mono small">
        {id}
      </th>
      <td className="tile__version">
        {onTarget === null ? (
          <span className="small">{image}</span>
        ) : (
          <>
            <span aria-hidden="true">{(onTarget ? after : before) ?? ''}</span>
            <Mark
              {...(onTarget
                ? { shape: 'solid-tick', tone: 'proven', word: 'chosen image' }
                : { shape: 'hollow-slash', tone: 'caution', word: 'other image' })}
            />
          </>
        )}
      </td>
      <td className="small">
        {group} · {state}
      </td>
      <td className={passing < checks ? 'small tone-bad tabular' : 'small tabular'}>
        {checks === 0 ? 'no checks' : `${passing} of ${checks} checks pass`}
      </td>
    </tr>
  );
}

/** How far the running change is, against its usual time. */
function UsualTime() {
  const { state } = useIncident();
  const now = useIncidentNow();
  const run = activeRun(state, 'change');
  if (run?.usualMs == null) return null;
  const elapsed = Math.max(0, now - run.intendedAt);
  return (
    <span className="fleet__time">
      <progress
        className="fleet__bar"
        max={run.usualMs}
        value={Math.min(elapsed, run.usualMs)}
        aria-label="Usual time"
      />
      <span className="small tabular">
        {duration(elapsed)} of usually {duration(run.usualMs)}
      </span>
    </span>
  );
}
