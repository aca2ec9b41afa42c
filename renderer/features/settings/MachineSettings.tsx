import { useState } from 'react';
import type { SettingsView, Theme } from '#shared/settings/settings.ts';
import { showTheme } from '../../app/theme.ts';
import { tell } from '../../stores/notices.ts';
import { loadOverview } from '../../stores/overview.ts';
import { changeSetting } from '../../stores/settings.ts';
import { LoginShell } from './LoginShell.tsx';
import { SavedText } from './SavedText.tsx';
import { Switch } from './Switch.tsx';

/** Settings that belong to no runbook. */
export function MachineSettings({ view }: { readonly view: SettingsView }) {
  return (
    <section className="settings__part" aria-labelledby="settings-machine">
      <h2 id="settings-machine">This machine</h2>
      {view.shell === null ? null : <LoginShell view={view.shell} />}
      <SavedText
        label="Your name"
        hint="On the timeline and in the report, for everything you do here. Empty: the name of your account."
        placeholder="Ann Lee"
        value={view.operator ?? ''}
        change={(name) => ({ what: 'operator', name: name === '' ? null : name })}
        onSaved={() => void loadOverview()}
      />
      <ThemeChoice theme={view.theme} />
      <Switch
        label="Sounds"
        hint="A short tone at a checkpoint of the watch, and another when a regression is found."
        on={view.sounds}
        change={(on) => ({ what: 'sounds', on })}
      />
      <Switch
        label="Single-letter keys"
        hint="Off: only Enter, Escape, numbers and Ctrl combinations do something."
        on={view.singleKeys}
        change={(on) => ({ what: 'single-keys', on })}
      />
      <Switch
        label="Look for a newer Rollbook"
        hint="Once a day, in the desktop app, never while an incident is open. It only tells."
        on={view.update.check}
        change={(on) => ({ what: 'update-check', on })}
      />
      <SavedText
        label="Address of the news"
        hint="Empty: the package's own, if it has one. The desktop app reads it at its start."
        placeholder="https://example.com/rollbook.json"
        value={view.update.url ?? ''}
        change={(url) => ({ what: 'update-url', url: url === '' ? null : url })}
      />
    </section>
  );
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'Same as the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function ThemeChoice({ theme }: { readonly theme: Theme }) {
  // Shown at once, until the core answers.
  const [wanted, setWanted] = useState<Theme | null>(null);
  const choose = async (next: Theme): Promise<void> => {
    setWanted(next);
    showTheme(next);
    const failure = await changeSetting({ what: 'theme', theme: next });
    setWanted(null);
    if (failure === null) return;
    showTheme(theme);
    tell(failure);
  };
  return (
    <fieldset className="stack stack--tight">
      <legend className="field__label">Theme</legend>
      <div className="chips">
        {THEMES.map(([each, text]) => (
          <label className="chip" key={each}>
            <input type="radio" name="theme" checked={each === (wanted ?? theme)} onChange={() => void choose(each)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
