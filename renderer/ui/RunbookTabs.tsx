import { distinctTitles } from '#shared/runbook/distinct-titles.ts';

interface RunbookTabsProps {
  readonly runbooks: readonly { readonly hash: string; readonly title: string; readonly name: string }[];
  readonly chosen: string | null;
  readonly onChoose: (hash: string) => void;
}

/** Chooses the runbook that a screen shows. Hidden when there is only one. */
export function RunbookTabs({ runbooks, chosen, onChoose }: RunbookTabsProps) {
  if (runbooks.length < 2) return null;
  const titles = distinctTitles(runbooks);
  return (
    <fieldset className="runbook-tabs">
      <legend className="sr-only">Runbook</legend>
      {runbooks.map(({ hash }) => (
        <label key={hash} className="runbook-tab">
          <input type="radio" name="runbook" checked={hash === chosen} onChange={() => onChoose(hash)} />
          {titles.get(hash)}
        </label>
      ))}
    </fieldset>
  );
}
