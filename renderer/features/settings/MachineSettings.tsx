import type { SettingsView } from '#shared/settings/settings.ts';
import { LoginShell } from './LoginShell.tsx';
import { SavedText } from './SavedText.tsx';
import { Switch } from './Switch.tsx';

/** Settings that belong to no runbook. */
export function MachineSettings({ view }: { readonly view: SettingsView }) {
  return (
    <section className="settings__part" aria-labelledby="settings-machine">
      <h2 id="settings-machine">This machine</h2>
      {view.shell === null ? null : <LoginShell view={view.shell} />}
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
