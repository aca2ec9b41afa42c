import type { KeptEntry } from '#shared/api/pushes.ts';
import { useIncidentStore } from '../../stores/incident.ts';
import { useOverview } from '../../stores/overview.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { InlineCode } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import './storage-health-bar.css';

/** Shown while the timeline cannot be written: why, and what is kept in the meantime. */
export function StorageHealthBar() {
  const problem = useIncidentStore(({ storageHealth }) => storageHealth);
  const kept = useIncidentStore((store) => store.kept);
  const keptIn = useIncidentStore((store) => store.keptIn);
  const lasting = useOverview(({ info }) => info?.readOnly != null);
  const { state } = useIncident();
  if (problem === null) return null;
  const watching = state.watch?.endedAt === null;
  return (
    <div className="notices" role="alert">
      <ul className="storage-health stack stack--tight">
        <li>
          <strong>
            The timeline cannot be written: <InlineCode text={problem.message} />
          </strong>{' '}
          <InlineCode text={problem.advice ?? ''} />
        </li>
        <li>
          {keptText(lasting, watching)} Commands that only read still run, and what they print is shown here; no change
          is started.
        </li>
        {kept.length > 0 && (
          <li>
            Not on the timeline yet, and kept{' '}
            {keptIn === null ? (
              <strong>in memory alone: it is lost if Rollbook ends now</strong>
            ) : (
              <>
                in <code>{keptIn}</code>
              </>
            )}
            <ul className="storage-health__kept" tabIndex={0} aria-label="Not on the timeline yet">
              {/* Newest first: a person waits for the result of their last act. */}
              {kept.toReversed().map((entry, index) => (
                <KeptEntryItem key={kept.length - index} entry={entry} isNewest={index === 0} />
              ))}
            </ul>
          </li>
        )}
      </ul>
    </div>
  );
}

function keptText(lasting: boolean, watching: boolean): string {
  if (lasting)
    return 'The store was opened only for reading. What you do is kept, and written by the next start of Rollbook that can write it.';
  return watching
    ? 'The watch goes on. What it reads is kept, and written as soon as there is a way; keep Rollbook open.'
    : 'What was seen is kept, and written as soon as there is a way; nothing is run a second time. Keep Rollbook open.';
}

/** The output of a command is collapsed, except for the newest entry. */
function KeptEntryItem({
  entry: { at, actor, what },
  isNewest,
}: {
  readonly entry: KeptEntry;
  readonly isNewest: boolean;
}) {
  const [first = '', ...printed] = what.split('\n');
  const head = (
    <>
      <span className="tabular">{timeOfDay(at)}</span> {actor}: {first}
    </>
  );
  if (printed.length === 0) return <li>{head}</li>;
  return (
    <li>
      <details open={isNewest}>
        <summary>{head}</summary>
        <pre className="storage-health__printed">{printed.join('\n')}</pre>
      </details>
    </li>
  );
}
