import { useIncidentStore } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Said } from '../../ui/Said.tsx';

/** The store takes nothing now: said while it lasts, with what becomes of what is read meanwhile. */
export function UnwrittenBar() {
  const problem = useIncidentStore(({ unwritten }) => unwritten);
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
            : 'What was seen is kept, and written as soon as there is a way; nothing is run a second time. Keep Rollbook open.'}
        </li>
      </ul>
    </div>
  );
}
