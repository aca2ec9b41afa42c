import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { begunAt } from '#shared/drills/held-at.ts';
import { count } from '#shared/words/count.ts';
import { writeRoute } from '../../app/route.ts';
import { dateTime } from '../../ui/time.ts';
import { EndUnattended } from './EndUnattended.tsx';

/** Drills that were left open hours ago, folded away: they are not what a person came for. */
export function AbandonedDrills({ incidents }: { readonly incidents: readonly IncidentSummary[] }) {
  if (incidents.length === 0) return null;
  return (
    <details className="abandoned">
      <summary>{count(incidents.length, 'abandoned drill')}</summary>
      <ul className="stack stack--tight">
        {incidents.map((incident) => (
          <li key={incident.id} className="card__line">
            <a href={writeRoute({ screen: 'incident', id: incident.id })}>{listedTitle(incident)}</a>
            <span className="soft small tabular nowrap">since {dateTime(begunAt(incident))}</span>
            <EndUnattended incident={incident} />
          </li>
        ))}
      </ul>
    </details>
  );
}
