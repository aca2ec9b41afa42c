import { useIncidentStore } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Said } from '../../ui/Said.tsx';
import { timeOfDay } from '../../ui/time.ts';

/** The store takes nothing now: said while it lasts, with what becomes of what is read and done meanwhile. */
export function UnwrittenBar() {
  const problem = useIncidentStore(({ unwritten }) => unwritten);
  const kept = useIncidentStore((store) => store.kept);
  const keptIn = useIncidentStore((store) => store.keptIn);
  const { state } = useIncident();
  if (problem === null) return null;
  const watching = state.watch?.endedAt === null;
  return (
    <div className="notices" role="alert">
      <ul className="stack stack--tight">
        <li>
          <strong>
            The timeline cannot be written: <Said text={problem.message} />
          </strong>{' '}
          <Said text={problem.advice ?? ''} />
        </li>
        <li>
          {watching
            ? 'The watch goes on. What it reads is kept, and written as soon as there is a way; keep Rollbook open.'
            : 'What was seen is kept, and written as soon as there is a way; nothing is run a second time. Keep Rollbook open.'}{' '}
          Commands that only read still run, and what they print is shown here; no change is started.
        </li>
        {kept.length > 0 && (
          <li>
            Not on the timeline yet, and kept{' '}
            {keptIn === null ? (
              <strong>in memory alone: it is lost if Rollbook ends now</strong>
            ) : (
              <code>{keptIn}</code>
            )}
            <ul>
              {kept.map(({ at, actor, what }, index) => (
                <li key={index}>
                  <span className="tabular">{timeOfDay(at)}</span> {actor}:{' '}
                  <span className="notices__kept">{what}</span>
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </div>
  );
}
