import type { RunbookSummary } from '#shared/api/calls.ts';
import { distinctTitles } from '#shared/runbook/distinct-titles.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { defaultRunbook, useOverview } from '../../stores/overview.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { AddRunbook } from './AddRunbook.tsx';
import { TrustMark } from './TrustMark.tsx';
import './runbooks.css';

/** The runbooks of this machine: the default one, and those that still need a review. */
export function RunbooksScreen() {
  const runbooks = useOverview((state) => state.runbooks);
  const alone = useOverview(({ info }) => info?.emergency?.readable === false);
  const usual = defaultRunbook(runbooks ?? [])?.hash;
  const titles = distinctTitles(runbooks ?? []);
  useKeys(
    'Runbooks',
    (runbooks ?? []).slice(0, 9).map(({ hash }, index) => ({
      keys: String(index + 1),
      label: `Open: ${titles.get(hash)}`,
      run: () => go({ screen: 'runbook', hash }),
    })),
  );
  return (
    <main className="screen stack">
      <header className="screen__head">
        <h1>Runbooks</h1>
        <p className="soft">Only a runbook that a person has reviewed can be run.</p>
        <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
          {alone ? 'Reference' : 'Home'}
        </Button>
      </header>
      {runbooks === null ? (
        <p role="status">The runbooks are being read.</p>
      ) : (
        <ol className="stack stack--tight" aria-label="Runbooks of this machine">
          {runbooks.map((runbook, index) => (
            <li key={runbook.hash}>
              <RunbookRow
                runbook={runbook}
                title={titles.get(runbook.hash) ?? ''}
                number={index + 1}
                usual={runbook.hash === usual && !alone}
              />
            </li>
          ))}
        </ol>
      )}
      <AddRunbook />
    </main>
  );
}

interface RunbookRowProps {
  readonly runbook: RunbookSummary;
  /** Also names the file if another runbook has the same title. */
  readonly title: string;
  readonly number: number;
  /** The default runbook for a new incident. */
  readonly usual: boolean;
}

function RunbookRow({ runbook, title, number, usual }: RunbookRowProps) {
  return (
    <button type="button" className="button-card runbook" onClick={() => go({ screen: 'runbook', hash: runbook.hash })}>
      {number <= 9 ? <Key>{String(number)}</Key> : <span />}
      <span className="runbook__what">
        <span className="strong">
          <span className="sr-only">Open </span>
          {title}
        </span>
        <span className="runbook__path soft small">
          {runbook.bundled ? 'comes with Rollbook; drills use it' : runbook.name}
          {runbook.outdated ? ' · as reviewed; the file says something else by now' : ''}
          {runbook.changedFrom === null ? '' : ' · the file was changed since it was reviewed'}
        </span>
      </span>
      {usual ? <span className="small strong">used to declare</span> : <span />}
      <TrustMark trusted={runbook.trusted} />
    </button>
  );
}
