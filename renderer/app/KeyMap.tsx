import { useState } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { boundKeys, setLetters, useKeySettings } from './keys.ts';
import { tell } from '../stores/notices.ts';
import { changeSetting } from '../stores/settings.ts';
import { togglePanel } from './panel.ts';

/** The keyboard map, read from the current bindings. */
export function KeyMap() {
  const [groups] = useState(boundKeys);
  const letters = useKeySettings((settings) => settings.letters);
  return (
    <Dialog title="Keyboard map" onClose={() => togglePanel(null)}>
      {groups.map(({ group, bindings }) => {
        const keyed = bindings.filter((binding) => binding.keys !== '');
        if (keyed.length === 0) return null;
        return (
          <section key={group} className="stack stack--tight">
            <h3>{group}</h3>
            <dl className="keymap">
              {keyed.map((binding) => (
                <div key={`${binding.keys} ${binding.label}`}>
                  <dt>
                    <kbd className="key">{shownKeys(binding.keys)}</kbd>
                  </dt>
                  <dd>{binding.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      <label className="row">
        <input type="checkbox" checked={letters} onChange={(event) => void keep(event.target.checked)} />
        Single-letter keys are on
      </label>
    </Dialog>
  );
}

/** Applies at once in this window, and is saved for all windows. */
async function keep(on: boolean): Promise<void> {
  setLetters(on);
  const failure = await changeSetting({ what: 'single-keys', on });
  if (failure !== null) tell(failure);
}

export const shownKeys = (keys: string): string =>
  keys.replace('Escape', 'Esc').replace(/\b[a-z]$/, (letter) => letter.toUpperCase());
