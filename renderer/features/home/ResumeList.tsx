import { begunAt } from '#shared/drills/held-at.ts';
import { leftAs } from '#shared/drills/left-as.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { go } from '../../app/route.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { useTick } from '../../stores/tick.ts';
import { Key } from '../../ui/Button.tsx';
import { SeverityMark, KindTag } from '../../ui/marks.tsx';
import { dateTime, duration } from '../../ui/time.ts';
import { SummaryStrip } from '../picture/SummaryStrip.tsx';
import { EndUnattended } from './EndUnattended.tsx';

/** The open incidents, above the actions that start new ones. */
export function ResumeList({ incidents }: { readonly incidents: readonly IncidentSummary[] }) {
  return (
    <section className="resume" aria-labelledby="resume-title">
      <h2 id="resume-title">
        Resume {incidents.length === 1 ? 'the open incident' : `one of ${incidents.length} open incidents`}
      </h2>
      <ol>
        {incidents.map((incident, index) => (
          <li key={incident.id} className="resume__left">
            <button
              type="button"
              className="button-card resume__item"
              onClick={() => go({ screen: 'incident', id: incident.id })}
            >
              <span className="resume__title">
                <span className="sr-only">Resume </span>
                {listedTitle(incident)}
                {incident.now === null ? null : <span className="resume__next small">Next: {incident.now.next}</span>}
              </span>
              <span className="resume__first">
                <Key>{String(index + 1)}</Key>
                <KindTag kind={incident.kind} />
                <SeverityMark severity={incident.severity} />
                <RunningClock incident={incident} />
              </span>
              <span className="soft small tabular nowrap">since {dateTime(begunAt(incident))}</span>
              {incident.heldBy === null ? null : <span className="small strong">open elsewhere</span>}
              {leftAs(incident) === null ? null : <span className="small strong">{leftAs(incident)}</span>}
              {incident.handedOver === null ? null : (
                <span className="small strong">handed over to {incident.handedOver}</span>
              )}
              {index === 0 ? <Key>Enter</Key> : null}
            </button>
            {incident.heldBy !== null || incident.handedOver !== null ? null : <EndUnattended incident={incident} />}
            <SummaryStrip incident={incident} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Since detected, in the time of the incident. A component of its own, so that only it renders every second. */
function RunningClock({ incident }: { readonly incident: IncidentSummary }) {
  const wall = useTick(1_000);
  if (incident.now === null) return null;
  const { beforeMs, speed } = incident.now;
  const elapsed = incident.mitigationMs ?? beforeMs + Math.max(0, wall - begunAt(incident)) * speed;
  const over = incident.targetMs !== null && elapsed > incident.targetMs;
  return (
    <span className={over ? 'resume__clock tone-bad' : 'resume__clock'}>
      <span className="sr-only">{incident.mitigationMs === null ? 'running for ' : 'effective after '}</span>
      {duration(elapsed)}
    </span>
  );
}
