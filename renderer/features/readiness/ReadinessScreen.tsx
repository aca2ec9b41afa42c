import { useEffect, useState } from 'react';
import { type CheckedItem, overallState, READY_GROUPS, type ReadyGroup } from '#shared/readiness/readiness.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { defaultRunbook, useOverview } from '../../stores/overview.ts';
import { readReadinessItem, readReadiness, useReadiness } from '../../stores/readiness.ts';
import { Button } from '../../ui/Button.tsx';
import { RunbookTabs } from '../../ui/RunbookTabs.tsx';
import { ReadyRow, StateMark } from './ReadyRow.tsx';
import './readiness.css';

const GROUP: Readonly<Record<ReadyGroup, string>> = {
  tools: 'Tools',
  logins: 'Logins',
  apps: 'Access to the apps',
  secrets: 'Secrets',
  network: 'Network',
  machine: 'This machine',
  runbook: 'The runbook',
  practice: 'Practice',
};

/** Whether this machine could run the runbook now, and how to fix what is missing. Meant for the start of a shift. */
export function ReadinessScreen() {
  const runbooks = useOverview((state) => state.runbooks);
  const board = useReadiness((state) => state.board);
  const reading = useReadiness((state) => state.reading);
  const [chosen, setChosen] = useState<string | null>(null);
  const hash = chosen ?? defaultRunbook(runbooks ?? [])?.hash ?? null;
  useEffect(() => {
    if (hash !== null) void readReadiness(hash);
  }, [hash]);
  const shown = board?.runbook.hash === hash ? board : null;
  const again = (): void => {
    if (hash !== null && reading !== 'all') void readReadiness(hash);
  };
  useKeys('Readiness', [{ keys: 'a', label: 'Check everything again', run: again }]);
  return (
    <main className="screen stack ready">
      <header className="screen__head">
        <h1>Readiness</h1>
        {shown === null || reading === 'all' ? null : <StateMark state={overallState(shown.items)} />}
        <p className="soft" role="status">
          {shown === null || reading === 'all'
            ? 'Checking everything at once: ten seconds at most.'
            : countsOf(shown.items)}
        </p>
        <div className="row">
          <Button shortcut="A" aria-disabled={reading === 'all'} onClick={again}>
            Check everything again
          </Button>
          <Button shortcut="," onClick={() => go({ screen: 'settings' })}>
            Settings
          </Button>
          <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
            Home
          </Button>
        </div>
      </header>
      <RunbookTabs runbooks={runbooks ?? []} chosen={hash} onChoose={setChosen} />
      {shown === null
        ? null
        : READY_GROUPS.map((group) => {
            const items = shown.items.filter((item) => item.group === group);
            if (items.length === 0) return null;
            return (
              <section key={group} className="ready__group" aria-labelledby={`ready-${group}`}>
                <h2 id={`ready-${group}`}>{GROUP[group]}</h2>
                <ul className="boxed-list" aria-label={GROUP[group]}>
                  {items.map((item) => (
                    <ReadyRow
                      key={item.id}
                      item={item}
                      reading={reading === 'all' || reading.includes(item.id)}
                      onAgain={() => void readReadinessItem(shown.runbook.hash, item.id)}
                    />
                  ))}
                </ul>
              </section>
            );
          })}
    </main>
  );
}

function countsOf(items: readonly CheckedItem[]): string {
  const count = (state: CheckedItem['state']): number => items.filter((item) => item.state === state).length;
  const words = [
    [count('failed'), 'failed'],
    [count('warning'), 'to look at'],
    [count('unknown'), 'not found out'],
    [count('ok'), 'ready'],
  ] as const;
  return words.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
}
