/** The settings of this machine, as last read from the core. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { SettingChange, SettingsView } from '#shared/settings/settings.ts';
import type { Failure } from '#shared/api/result.ts';
import { setLetters } from '../app/keys.ts';
import { showTheme } from '../app/theme.ts';
import { ask, get } from './core.ts';

export const useSettings = create<{ readonly view: SettingsView | null }>(() => ({ view: null }));

/** Requests are numbered: how many were sent, and which one's answer is shown. */
let turns = 0;
let shown = 0;

function nextTurn(): number {
  turns += 1;
  return turns;
}

/** Ignores an answer that is older than the one shown. */
function take(view: SettingsView, turn: number): void {
  if (turn < shown) return;
  shown = turn;
  useSettings.setState({ view });
  setLetters(view.singleKeys);
  showTheme(view.theme);
}

export async function loadSettings(): Promise<void> {
  const turn = nextTurn();
  const view = await get('settings.read', {});
  if (view !== null) take(view, turn);
}

/** null when the change was saved; otherwise the failure, which the caller shows. */
export async function changeSetting(change: SettingChange): Promise<Failure | null> {
  const turn = nextTurn();
  const answer = await ask('settings.change', { change });
  if (!answer.ok) return answer.error;
  take(answer.value, turn);
  return null;
}

/** Reads the settings again when a screen that shows them opens, because another window may have changed them. */
export function useFreshSettings(): SettingsView | null {
  useEffect(() => void loadSettings(), []);
  return useSettings(({ view }) => view);
}
