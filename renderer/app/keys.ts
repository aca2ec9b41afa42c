/**
 * Key bindings, with one listener for the whole window. The newest binding of a key wins. The map (?) and the palette
 * (Ctrl+K) list exactly what is bound.
 */
import { useId, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import { chordsOf } from './chords.ts';

export interface Binding {
  /** 'd', 'Enter', '?', 'Ctrl+k' (Cmd on a Mac too); '' for an action that only the palette offers. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Works while a field has the focus. Never for single letters. */
  readonly inFields?: boolean;
  /** Never preselected in the palette, such as Stop: Enter alone must not do it. */
  readonly careful?: boolean;
  /** Not listed in the map or the palette, because it repeats what is visible. */
  readonly silent?: boolean;
}

interface Layer {
  readonly id: string;
  readonly group: string;
  readonly bindings: () => readonly Binding[];
}

const layers: Layer[] = [];

interface KeySettings {
  /** Single-character keys can be switched off (WCAG 2.1.4). */
  readonly letters: boolean;
}

export const useKeySettings = create<KeySettings>(() => ({ letters: localStorage.getItem('single-keys') !== 'off' }));

export function setLetters(letters: boolean): void {
  localStorage.setItem('single-keys', letters ? 'on' : 'off');
  useKeySettings.setState({ letters });
}

/**
 * Binds keys while the calling component is mounted. In a layout effect: on a busy machine a key pressed right after the
 * paint would otherwise meet the bindings of the screen before.
 */
export function useKeys(group: string, bindings: readonly Binding[]): void {
  const id = useId();
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  useLayoutEffect(() => {
    const layer: Layer = { id, group, bindings: () => latest.current };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [id, group]);
}

/** All current bindings by group, newest first. */
export function boundKeys(): readonly { readonly group: string; readonly bindings: readonly Binding[] }[] {
  const groups = new Map<string, Binding[]>();
  for (const { group, bindings } of layers.toReversed()) {
    const shown = bindings().filter((binding) => binding.silent !== true);
    groups.set(group, [...(groups.get(group) ?? []), ...shown]);
  }
  return [...groups].map(([group, bindings]) => ({ group, bindings }));
}

export function listenForKeys(): void {
  window.addEventListener('keydown', leaveComposing, true);
  // A held Enter must not arm and then press a button: its repeats are dropped before anything handles them.
  window.addEventListener('keydown', dropRepeats, true);
  window.addEventListener('keydown', dispatch);
}

/**
 * Keys of an input method (Japanese, Chinese, Korean) are its own: the Enter that takes a conversion must not declare.
 * First of all listeners, so that no other sees them. Safari tells the last one by its key code alone.
 */
function leaveComposing(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}

function dropRepeats(event: KeyboardEvent): void {
  if (!event.repeat || event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  event.stopPropagation();
}

function dispatch(event: KeyboardEvent): void {
  // The browser handles keys in an open dialog: it traps the focus and closes on Esc.
  if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
  const bindings = layers.toReversed().flatMap((layer) => layer.bindings());
  const binding = chordsOf(event)
    .map((chord) => bindings.find((candidate) => candidate.keys === chord && applies(candidate, event.target)))
    .find((found) => found !== undefined);
  if (binding === undefined) return;
  event.preventDefault();
  binding.run();
}

function applies(binding: Binding, target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null;
  if (binding.keys === 'Enter') return entersPrimary(element);
  if (isField(element)) return binding.inFields === true;
  return binding.keys.length !== 1 || useKeySettings.getState().letters || /[0-9]/.test(binding.keys);
}

/** Enter acts on the focused element. Without one, or in a form marked `data-enter="primary"`, it runs the main action. */
function entersPrimary(element: Element | null): boolean {
  if (element === null || element instanceof HTMLTextAreaElement) return false;
  if (element instanceof HTMLInputElement && (element.type === 'radio' || element.type === 'checkbox')) return true;
  if (element.closest('[data-enter="primary"]') !== null && element instanceof HTMLInputElement) return true;
  return element.closest('button, a, input, select, summary, [tabindex="0"]') === null;
}

const FIELDLESS = new Set(['radio', 'checkbox', 'button', 'submit']);

function isField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !FIELDLESS.has(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}
