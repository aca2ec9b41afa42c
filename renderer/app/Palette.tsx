import { useRef, useState } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { type Binding, boundKeys } from './keys.ts';
import { shownKeys } from './KeyMap.tsx';
import { togglePanel } from './panel.ts';

/** Everything that can be done now, found by typing a part of its name. */
export function Palette() {
  const [actions] = useState(() => boundKeys().flatMap(({ bindings }) => bindings.filter(offered)));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
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
        autoFocus
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
      <ul className="palette" id="palette-list" role="listbox" ref={list} aria-label="Actions">
        {found.map((action, index) => (
          <li
            key={`${action.keys} ${action.label}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(action)}
            onMouseMove={() => setAt(index)}
          >
            <span>{action.label}</span>
            {action.keys === '' ? null : <kbd className="key">{shownKeys(action.keys)}</kbd>}
          </li>
        ))}
        {found.length === 0 ? <li className="soft">No action has a name like that.</li> : null}
      </ul>
    </Dialog>
  );
}

const offered = (binding: Binding): boolean => !/^(Escape|Ctrl\+k)$/.test(binding.keys);

const matches = (label: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => label.toLowerCase().includes(part));
