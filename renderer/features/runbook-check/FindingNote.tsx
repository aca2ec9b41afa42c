import type { Finding, FindingSeverity } from '#shared/runbook-check/finding.ts';
import { Mark, InlineCode } from '../../ui/marks.tsx';
import './findings.css';

const LOOK = {
  error: { shape: 'cross', tone: 'bad' },
  warning: { shape: 'triangle', tone: 'caution' },
  note: { shape: 'ring', tone: 'plain' },
} as const satisfies Record<FindingSeverity, object>;

/** One finding: what is wrong, what to write instead, and the source of the fact. */
export function FindingNote({ finding }: { readonly finding: Finding }) {
  const { severity, rule, message, fix, source, checked } = finding;
  return (
    <div className={`finding finding--${severity}`}>
      <p>
        <Mark {...LOOK[severity]} word={severity} /> <span className="finding__rule small">{rule}</span>{' '}
        <InlineCode text={message} />
      </p>
      {fix === undefined ? null : (
        <p className="finding__fix">
          <span className="small soft">Instead: </span>
          <code>{fix}</code>
        </p>
      )}
      {source === undefined && checked === undefined ? null : (
        <p className="small soft">{[checked, source].filter((part) => part !== undefined).join(' · ')}</p>
      )}
    </div>
  );
}

/** All findings about one command. */
export function FindingNotes({ findings, label }: { readonly findings: readonly Finding[]; readonly label: string }) {
  if (findings.length === 0) return null;
  return (
    <ul className="stack stack--tight" aria-label={label}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.line} ${finding.column}`}>
          <FindingNote finding={finding} />
        </li>
      ))}
    </ul>
  );
}
