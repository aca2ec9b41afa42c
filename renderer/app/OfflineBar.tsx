import { useConnection } from '../stores/connection.ts';
import { useIncidentStore } from '../stores/incident.ts';
import { InlineCode } from '../ui/marks.tsx';
import { timeOfDay } from '../ui/time.ts';
import { useRoute } from './route.ts';

/** Shown while the core cannot be reached: since when, what continues without this window, and what to do. */
export function OfflineBar() {
  const connected = useConnection((connection) => connection.connected);
  const why = useConnection((connection) => connection.why);
  const lostAt = useConnection((connection) => connection.lostAt);
  const shown = useRoute(({ route }) => ('id' in route ? route.id : null));
  const isSimulated = useIncidentStore(
    ({ view }) => view !== null && view.summary.id === shown && view.summary.adapter === 'simulated',
  );
  if (connected) return null;
  const since = lostAt === null ? '' : `No news since ${timeOfDay(lostAt)}: what is shown is as of then. `;
  const goesOn = isSimulated
    ? 'If Rollbook ended, the commands of this drill ended with it.'
    : 'A changing command that runs for real goes on; one of a simulated drill ended if Rollbook did.';
  return (
    <p className="offline" role="alert">
      {why === null ? (
        'Connecting to Rollbook.'
      ) : (
        <InlineCode text={`${why.message} ${since}${lostAt === null ? '' : `${goesOn} `}${why.advice ?? ''}`} />
      )}
    </p>
  );
}
