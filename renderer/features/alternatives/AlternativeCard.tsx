import { visibleCommand } from '#shared/words/visible.ts';
import type { Alternative } from '#shared/incident/alternatives.ts';
import { Key } from '../../ui/Button.tsx';
import { InlineCode } from '../../ui/marks.tsx';
import './alternatives.css';

interface AlternativeCardProps {
  readonly way: Alternative;
  readonly number: number;
  readonly onTake: () => void;
}

/** One way to continue, with its risk. For a branch also its commands, its contract and the runbook's advice. */
export function AlternativeCard({ way, number, onTake }: AlternativeCardProps) {
  const { branch } = way;
  return (
    <>
      <button
        type="button"
        className={way.recommended === true ? 'way way--recommended' : 'way'}
        data-primary={way.recommended === true ? '' : undefined}
        onClick={onTake}
      >
        <Key>{String(number)}</Key>
        <span className="strong">
          {way.label}
          {way.recommended === true ? <span className="way__fits small">recommended</span> : null}
          {branch?.fits === true ? <span className="way__fits small">fits what failed</span> : null}
        </span>
        <span className="way__risk">
          <InlineCode text={way.risk} />
        </span>
        {way.proof?.map((found) => (
          <span key={found} className="way__risk">
            <InlineCode text={`✓ ${found}`} />
          </span>
        ))}
        {branch === undefined ? null : (
          <span className="way__risk">
            <InlineCode text={branch.contract} />
            {way.where === null ? null : <span className="mono"> {way.where}</span>}
          </span>
        )}
      </button>
      {branch === undefined || branch.commands.length + branch.advice.length === 0 ? null : (
        <details className="way__more small">
          <summary>
            {branch.commands.length === 0 ? 'What the runbook says' : 'Its commands'}
            {branch.issue === null ? '' : `, from “${branch.issue}”`}
          </summary>
          {branch.commands.map((command) => (
            <code key={command} className="way__command">
              {visibleCommand(command)}
            </code>
          ))}
          {branch.advice.map((advice) => (
            <p key={advice}>
              <InlineCode text={advice} />
            </p>
          ))}
        </details>
      )}
    </>
  );
}
