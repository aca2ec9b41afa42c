import type { EvidenceState } from '#shared/incident/state.ts';
import { evidenceKnown } from '#shared/incident/checklist.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import './evidence-list.css';

/** Side card: the captured evidence in one line, which opens the list. */
export function EvidenceCard() {
  const { state } = useIncident();
  const known = evidenceKnown(state);
  return (
    <details className="side-card">
      <summary className="small">
        <span className="strong">Evidence</span> <span>{known === '' ? 'being captured' : known}</span>
      </summary>
      <EvidenceList />
    </details>
  );
}

/** The evidence that was captured, in full or in part, and what is missing. */
export function EvidenceList() {
  const { evidence } = useIncident().state;
  if (evidence.length === 0)
    return <p className="small soft">Being captured beside everything else. Nothing waits for it.</p>;
  return (
    <ul className="evidence small" aria-label="Evidence">
      {evidence.map((each) => (
        <li key={each.title}>
          <EvidenceLine evidence={each} />
        </li>
      ))}
    </ul>
  );
}

function EvidenceLine({ evidence }: { readonly evidence: EvidenceState }) {
  if (evidence.kind === 'missing')
    return (
      <>
        <Mark shape="cross" tone="bad" word="missing" /> <span>{evidence.title}</span>
        <span className="soft">{evidence.why}</span>
      </>
    );
  const { title, partial, why, bytes, lines, at, path } = evidence;
  return (
    <>
      {partial ? (
        <Mark shape="triangle" tone="caution" word="partial" />
      ) : (
        <Mark shape="solid" tone="proven" word="captured" />
      )}{' '}
      <span>{title}</span>
      <span className="soft tabular">
        {timeOfDay(at)}, {lines} {lines === 1 ? 'line' : 'lines'}, {sizeText(bytes)}
        {partial ? `, ${why}` : ''} <CopyButton text={path} what={`path: ${title}`} />
      </span>
    </>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1_024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
