/** What was set once on this machine, as the window knows it; the core keeps it. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { SettingChange, SettingsView } from '#shared/settings/settings.ts';
import type { Failure } from '#shared/contract/result.ts';
import { setLetters } from '../app/keys.ts';
import { ask, get } from './core.ts';

export const useSettings = create<{ readonly view: SettingsView | null }>(() => ({ view: null }));

function take(view: SettingsView): void {
  useSettings.setState({ view });
  setLetters(view.singleKeys);
}

export async function loadSettings(): Promise<void> {
  const view = await get('settings.read', {});
  if (view !== null) take(view);
}

/** null when it was kept; otherwise why not, for the place where it was asked. */
export async function changeSetting(change: SettingChange): Promise<Failure | null> {
  const answer = await ask('settings.change', { change });
  if (!answer.ok) return answer.error;
  take(answer.value);
  return null;
}

/** Read anew when a screen that shows them opens: another window may have changed them. */
export function useFreshSettings(): SettingsView | null {
  useEffect(() => void loadSettings(), []);
  return useSettings(({ view }) => view);
}
