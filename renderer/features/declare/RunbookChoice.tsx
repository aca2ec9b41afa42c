import type { RunbookSummary } from '#shared/api/calls.ts';
import { distinctTitles } from '#shared/runbook/distinct-titles.ts';

interface RunbookChoiceProps {
  /** Trusted runbooks: only these can be declared with. */
  readonly runbooks: readonly RunbookSummary[];
  readonly usual: RunbookSummary | null;
  readonly chosen: RunbookSummary;
  readonly onChoose: (hash: string) => void;
}

/** The runbook of the rows: a text when there is only one, otherwise a choice. */
export function RunbookChoice({ runbooks, usual, chosen, onChoose }: RunbookChoiceProps) {
  if (runbooks.length < 2) {
    return (
      <p className="declare__runbook soft small">
        Runbook: <span className="strong">{chosen.title}</span>
        {chosen.outdated ? ', as reviewed: the file was changed since' : ''}
      </p>
    );
  }
  const titles = distinctTitles(runbooks);
  const usualFirst = runbooks.toSorted((a, b) => Number(b.hash === usual?.hash) - Number(a.hash === usual?.hash));
  return (
    <fieldset className="declare__runbook row">
      <legend className="sr-only">Runbook</legend>
      <span className="field__label" aria-hidden="true">
        Runbook
      </span>
      {usualFirst.map(({ hash, bundled, outdated }) => (
        <label className="chip" key={hash}>
          <input type="radio" name="runbook" checked={hash === chosen.hash} onChange={() => onChoose(hash)} />
          {titles.get(hash)}
          {bundled ? <span className="soft">bundled</span> : null}
          {outdated ? <span className="soft">as reviewed</span> : null}
        </label>
      ))}
    </fieldset>
  );
}
