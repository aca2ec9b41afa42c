import { begunAt } from '#shared/drills/held-at.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { go, writeRoute } from '../../app/route.ts';
import { KindTag, Mark, OutcomeWord, SeverityMark } from '../../ui/marks.tsx';
import { dateTime, duration } from '../../ui/time.ts';
import { Button } from '../../ui/Button.tsx';

interface HistoryTableProps {
  readonly incidents: readonly IncidentSummary[];
  readonly loading: boolean;
}

export function HistoryTable({ incidents, loading }: HistoryTableProps) {
  return (
    <section className="history stack" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {incidents.length === 0 ? (
        <p className="soft">
          {loading ? 'Reading what happened before.' : 'Nothing has been finished yet. A drill is a good first entry.'}
        </p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col">Kind</th>
                <th scope="col">Severity</th>
                <th scope="col">What</th>
                <th scope="col">Outcome</th>
                <th scope="col" className="nowrap">
                  Mitigation / target
                </th>
                <th scope="col">Report</th>
              </tr>
            </thead>
            <tbody>
              {incidents.map((incident) => (
                <tr key={incident.id}>
                  <td className="tabular nowrap">{dateTime(begunAt(incident))}</td>
                  <td>
                    <KindTag kind={incident.kind} />
                  </td>
                  <td>
                    <SeverityMark severity={incident.severity} />
                  </td>
                  <td>
                    {incident.purgedAt === undefined ? (
                      <a href={writeRoute({ screen: 'incident', id: incident.id })}>{listedTitle(incident)}</a>
                    ) : (
                      <span className="soft">{listedTitle(incident)}</span>
                    )}
                  </td>
                  <td>
                    {incident.outcome === null ? 'open' : <OutcomeWord outcome={incident.outcome} />}
                    {incident.checklistOpen ? <span className="soft small"> checklist open</span> : null}
                  </td>
                  <td>
                    <Mitigation incident={incident} />
                  </td>
                  <td>
                    {incident.purgedAt === undefined ? (
                      <Button
                        aria-label={`Report of ${listedTitle(incident)}`}
                        onClick={() => go({ screen: 'report', id: incident.id })}
                      >
                        Report
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Mitigation({ incident }: { readonly incident: IncidentSummary }) {
  const took = incident.mitigationMs === null ? 'not reached' : duration(incident.mitigationMs);
  const target = incident.targetMs === null ? 'no target' : duration(incident.targetMs);
  return (
    <span className="history__took tabular">
      <span>
        {incident.containedMs === null ? '' : `contained ${duration(incident.containedMs)}, `}
        {took} / {target}
      </span>
      {incident.met === null ? null : (
        <Mark
          {...(incident.met
            ? { shape: 'ring', tone: 'person', word: 'within target' }
            : { shape: 'diamond', tone: 'bad', word: 'over target' })}
        />
      )}
    </span>
  );
}
