import { procedureOf, stepState } from '#shared/incident/state.ts';
import { ROW_REASON, rowOf, rowAdvice } from '#shared/incident/matrix-row.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import './row-procedures.css';
import '../alternatives/alternatives.css';

/** Side card for a row with several procedures, such as stopping the writes before a rollback. */
export function RowProcedures() {
  const { state, runbook, readOnly } = useIncident();
  const row = rowOf(state, runbook);
  const ways = (row?.procedures ?? []).flatMap((id) => runbook.procedures.filter((each) => each.id === id));
  if (ways.length < 2 || state.resolvedAt !== null || readOnly !== null) return null;
  const current = procedureOf(state, runbook);
  const advice = row === null ? '' : rowAdvice(row);
  const busy = state.asked !== null;
  return (
    <section aria-label="Ways of this row">
      <details className="side-card" open>
        <summary className="small">
          <span className="strong">This row leads through</span>{' '}
          <span className="row-ways__all">{ways.map(({ title }) => shortTitle(title)).join(', ')}</span>
        </summary>
        {advice === '' ? null : <p className="small">{advice}</p>}
        <ol className="row-ways__list">
          {ways.map((procedure) => {
            const title = shortTitle(procedure.title);
            const begun = procedure.steps.some(({ id }) => stepState(state, id).outcome !== null);
            return (
              <li key={procedure.id}>
                {procedure.id === current?.id ? (
                  <span className="small">{title} (now)</span>
                ) : (
                  <Button
                    look="quiet"
                    disabled={busy}
                    onClick={() =>
                      void act({
                        kind: 'choose-procedure',
                        procedureId: procedure.id,
                        reason: ROW_REASON,
                      })
                    }
                  >
                    {begun ? 'Back to' : 'Go on with'} {title}
                  </Button>
                )}
              </li>
            );
          })}
        </ol>
      </details>
    </section>
  );
}

/** The title without "Option 1:", because this list has the order of the row. */
const shortTitle = (title: string): string => title.replace(/^(option|procedure|step)(?:\s+\w+)?\s*[:.-]\s*/i, '');
