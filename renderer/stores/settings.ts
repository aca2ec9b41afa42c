/** What was set once on this machine, as the window knows it; the core keeps it. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { SettingChange, SettingsView } from '#shared/settings/settings.ts';
import type { Failure } from '#shared/contract/result.ts';
import { setLetters } from '../app/keys.ts';
import { ask, get } from './core.ts';

export const useSettings = create<{ readonly view: SettingsView | null }>(() => ({ view: null }));

/** Of the questions and changes: how many there were, and which one is shown. */
let turns = 0;
let shown = 0;

function nextTurn(): number {
  turns += 1;
  return turns;
}

/** An answer that a newer one has overtaken is not shown. */
function take(view: SettingsView, turn: number): void {
  if (turn < shown) return;
  shown = turn;
  useSettings.setState({ view });
  setLetters(view.singleKeys);
}

export async function loadSettings(): Promise<void> {
  const turn = nextTurn();
  const view = await get('settings.read', {});
  if (view !== null) take(view, turn);
}

/** null when it was kept; otherwise why not, for the place where it was asked. */
export async function changeSetting(change: SettingChange): Promise<Failure | null> {
  const turn = nextTurn();
  const answer = await ask('settings.change', { change });
  if (!answer.ok) return answer.error;
  take(answer.value, turn);
  return null;
}

/** Read anew when a screen that shows them opens: another window may have changed them. */
export function useFreshSettings(): SettingsView | null {
  useEffect(() => void loadSettings(), []);
  return useSettings(({ view }) => view);
}
