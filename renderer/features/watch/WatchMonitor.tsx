import { List } from 'immutable';
import { stabilityClock } from '#shared/incident/clocks.ts';
import { watchedServices } from '#shared/incident/rolled-back-services.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useSamples } from '../../stores/live-probes.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Mark } from '../../ui/marks.tsx';
import { ago, duration } from '../../ui/time.ts';
import { LatencyPlot } from './LatencyPlot.tsx';

const NONE = List<Sample>();

/** The watch as a monitor: time left, and for each service its last answer, its one counter and its latency plot. */
export function WatchMonitor({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  if (state.watch === null) return null;
  return (
    <section className="watched" aria-label="Probes">
      {watchedServices(state, runbook).map((service) => (
        <WatchedService key={service} step={step} service={service} />
      ))}
    </section>
  );
}

function WatchedService({ step, service }: { readonly step: Step; readonly service: string }) {
  const { id, state } = useIncident();
  const now = useIncidentNow();
  const all = useSamples(id, 'watch', service, state.after.watched[service] ?? NONE);
  const { watch } = state;
  if (watch === null) return null;
  // The samples of this watch are at the end, so the ones of an earlier watch are not visited.
  const samples = all
    .toSeq()
    .reverse()
    .takeWhile(({ at }) => at >= watch.startedAt)
    .reverse()
    .toArray();
  const last = samples.at(-1);
  const bad = samples.filter(({ ok }) => !ok).length;
  return (
    <div className="monitor">
      <div className="monitor__head">
        <span className="mono strong">{service}</span>
        {last === undefined ? (
          <span className="soft">The first probe is on its way.</span>
        ) : (
          <span className="row">
            <HealthMark healthy={last.ok} /> <span>{last.detail}</span>{' '}
            <span className="soft small tabular">{ago(Math.max(0, now - last.at))}</span>
          </span>
        )}
        <dl className="monitor__counts tabular">
          <div>
            <dt>Probes</dt>
            <dd>{samples.length}</dd>
          </div>
          <div>
            <dt>Bad</dt>
            <dd className={bad > 0 ? 'tone-bad' : ''}>{bad}</dd>
          </div>
          <div>
            <dt>Left</dt>
            <dd>{duration(stabilityClock(state, now).remainingMs ?? 0)}</dd>
          </div>
        </dl>
      </div>
      <LatencyPlot
        title={service}
        points={samples}
        from={watch.startedAt}
        until={watch.startedAt + watch.minutes * 60_000}
        now={now}
        checkpoints={(step.watch?.checkpoints ?? []).map((minute) => watch.startedAt + minute * 60_000)}
      />
    </div>
  );
}

export const HealthMark = ({ healthy }: { readonly healthy: boolean }) => (
  <Mark
    {...(healthy
      ? { shape: 'solid-tick', tone: 'proven', word: 'healthy' }
      : { shape: 'cross', tone: 'bad', word: 'bad' })}
  />
);
