import type { DrillBookView } from '#shared/api/drill-calls.ts';
import type { DrillRecord } from '#shared/drills/record.ts';
import { writeRoute } from '../../app/route.ts';
import { OutcomeWord } from '../../ui/marks.tsx';
import { dateTime, duration } from '../../ui/time.ts';
import { DrillChart } from './DrillChart.tsx';

/** Past drills as a chart. */
export function DrillTrend({ book }: { readonly book: DrillBookView }) {
  if (book.drills.length === 0) return null;
  return (
    <section className="drills__part stack stack--tight" aria-label="Trend">
      <h2>Time against target</h2>
      <DrillChart drills={book.drills} />
    </section>
  );
}

/** Past drills as a table. */
export function DrillHistory({ book }: { readonly book: DrillBookView }) {
  const { drills } = book;
  return (
    <section className="drills__part stack" aria-labelledby="drills-title">
      <h2 id="drills-title">Results over time</h2>
      {drills.length === 0 ? (
        <p className="soft">No drill was finished on this machine yet.</p>
      ) : (
        <>
          <div className="table-scroll">
            <table className="table">
              <caption className="sr-only">Drills, the newest first</caption>
              <thead>
                <tr>
                  <th scope="col">Held</th>
                  <th scope="col">Drill</th>
                  <th scope="col">Ended</th>
                  <th scope="col" className="nowrap">
                    Mitigation / target
                  </th>
                  <th scope="col">Slower than usual</th>
                  <th scope="col">Deviations</th>
                  <th scope="col">Stops</th>
                </tr>
              </thead>
              <tbody>
                {drills.map((drill) => (
                  <Row key={drill.id} drill={drill} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Row({ drill }: { readonly drill: DrillRecord }) {
  const { id, heldAt, scenario, title, adapter, outcome, expected, deviations, stops } = drill;
  const { mitigationMs, containedMs, targetMs } = drill;
  const slow = drill.steps.filter(({ tookMs, usualMs }) => tookMs !== null && usualMs !== null && tookMs > usualMs);
  return (
    <tr>
      <td className="tabular nowrap">{dateTime(heldAt)}</td>
      <td>
        <a href={writeRoute({ screen: 'incident', id })}>{scenario ?? title}</a>{' '}
        <span className="soft small nowrap">{adapter} tools</span>
      </td>
      <td>
        {outcome === null ? '' : <OutcomeWord outcome={outcome} />}{' '}
        {expected === null || expected === outcome ? null : <span className="soft small">declared: {expected}</span>}
      </td>
      <td className="tabular nowrap">
        {containedMs === null ? '' : `contained ${duration(containedMs)}, `}
        {mitigationMs === null ? 'not reached' : duration(mitigationMs)} /{' '}
        {targetMs === null ? 'no target' : duration(targetMs)}
      </td>
      <td>
        {slow.length === 0 ? 'none' : slow.map((step) => `${step.title}: ${duration(step.tookMs ?? 0)}`).join(', ')}
      </td>
      <td className="tabular">{deviations.length}</td>
      <td className="tabular">{stops}</td>
    </tr>
  );
}
