interface RunbookTabsProps {
  readonly runbooks: readonly { readonly hash: string; readonly title: string; readonly name: string }[];
  readonly chosen: string | null;
  readonly onChoose: (hash: string) => void;
}

/** Chooses the runbook that a screen shows. Hidden when there is only one. */
export function RunbookTabs({ runbooks, chosen, onChoose }: RunbookTabsProps) {
  if (runbooks.length < 2) return null;
  return (
    <fieldset className="runbook-tabs">
      <legend className="sr-only">Runbook</legend>
      {runbooks.map(({ hash, title }) => (
        <label key={hash} className="runbook-tab">
          <input type="radio" name="runbook" checked={hash === chosen} onChange={() => onChoose(hash)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
