import { useRef, useState } from 'react';
import { Key } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { type Binding, boundKeys } from './keys.ts';
import { shownKeys } from './KeyMap.tsx';
import { togglePanel } from './panel.ts';

/** The command palette: every current action, found by part of its name. */
export function Palette() {
  const [actions] = useState(offeredActions);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = actions.filter((action) => matches(action.label, query));
  const chosen = Math.min(at, found.length - 1);
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
        aria-activedescendant={`palette-${chosen}`}
        role="combobox"
        aria-expanded="true"
        data-first-focus=""
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(Math.min(chosen + 1, found.length - 1));
          else if (event.key === 'ArrowUp') move(Math.max(chosen - 1, 0));
          else if (event.key === 'Enter') run(found[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <div className="palette" id="palette-list" role="listbox" ref={list} aria-label="Actions">
        {found.map((action, index) => (
          <button
            key={`${action.keys} ${action.label}`}
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
        {found.length === 0 ? <p className="soft">No action matches.</p> : null}
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

const matches = (label: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => label.toLowerCase().includes(part));
