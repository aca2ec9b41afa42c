import { useRef, useState } from 'react';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { useOverview } from '../stores/overview.ts';
import { Key } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { type Binding, boundKeys } from './keys.ts';
import { shownKeys } from './KeyMap.tsx';
import { found, preselected } from './palette-search.ts';
import { togglePanel } from './panel.ts';
import { go } from './route.ts';

/** The command palette: every current action, incident and runbook, found by part of its name, also with a typo. */
export function Palette() {
  const [actions] = useState(offeredActions);
  const [query, setQuery] = useState('');
  /** null: nothing was chosen with the arrows or the pointer yet. */
  const [at, setAt] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const places = usePlaces();
  const shown = found([...actions, ...places], query);
  const chosen = at === null ? preselected(shown) : Math.min(at, shown.length - 1);
  const run = (action: Binding | undefined): void => {
    if (action === undefined) return;
    togglePanel(null);
    action.run();
  };
  const move = (to: number): void => {
    setAt(to);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog title="All actions" onClose={() => togglePanel(null)}>
      <input
        className="input"
        aria-label="Find an action"
        aria-controls="palette-list"
        {...(chosen < 0 ? {} : { 'aria-activedescendant': `palette-${chosen}` })}
        role="combobox"
        aria-expanded="true"
        data-first-focus=""
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(Math.min(chosen + 1, shown.length - 1));
          else if (event.key === 'ArrowUp') move(Math.max(chosen - 1, 0));
          else if (event.key === 'Enter') run(shown[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <div className="palette" id="palette-list" role="listbox" ref={list} aria-label="Actions">
        {shown.map((action, index) => (
          <button
            key={`${index} ${action.label}`}
            id={`palette-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => run(action)}
            onMouseMove={() => setAt(index)}
          >
            <span>{action.label}</span>
            {action.keys === '' ? null : <Key>{shownKeys(action.keys)}</Key>}
          </button>
        ))}
        {shown.length === 0 ? <p className="soft">No action matches.</p> : null}
      </div>
    </Dialog>
  );
}

/** Of two actions with the same name, the newest binding counts. */
function offeredActions(): readonly Binding[] {
  const actions = boundKeys().flatMap(({ bindings }) => bindings);
  return actions.filter(
    (action, index) =>
      !/^(Escape|Ctrl\+k)$/.test(action.keys) && actions.findIndex(({ label }) => label === action.label) === index,
  );
}

/** Open incidents first, then runbooks and past incidents: reachable from everywhere by a part of their name. */
function usePlaces(): readonly Binding[] {
  const incidents = useOverview((overview) => overview.incidents) ?? [];
  const runbooks = useOverview((overview) => overview.runbooks) ?? [];
  const incident = (one: IncidentSummary): Binding => ({
    keys: '',
    label: `${one.status === 'open' ? 'Resume' : 'Look at'}: ${listedTitle(one)}`,
    run: () => go({ screen: 'incident', id: one.id }),
  });
  const kept = incidents.filter(({ purgedAt }) => purgedAt === undefined);
  return [
    ...kept.filter(({ status }) => status === 'open').map(incident),
    ...runbooks.map(({ hash, title }) => ({
      keys: '',
      label: `Runbook: ${title}`,
      run: () => go({ screen: 'runbook', hash }),
    })),
    ...kept
      .filter(({ status }) => status !== 'open')
      .slice(0, PAST_SHOWN)
      .map(incident),
  ];
}

const PAST_SHOWN = 30;
