/**
 * One listener for the whole window. Screens lay their bindings over those below them; the map (?) and the palette
 * (Ctrl+K) show exactly what is bound, so neither can go stale.
 */
import { useId, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';

export interface Binding {
  /** 'd', 'Enter', '?', 'Ctrl+k' (Cmd on a Mac too); '' for an action that only the palette offers. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Also while a field has the focus; single letters never do. */
  readonly inFields?: boolean;
  /** Left out of the map and the palette: it repeats what is in sight. */
  readonly silent?: boolean;
}

interface Layer {
  readonly id: string;
  readonly group: string;
  readonly bindings: () => readonly Binding[];
}

const layers: Layer[] = [];

interface KeySettings {
  /** WCAG 2.1.4: single-character keys can be switched off. */
  readonly letters: boolean;
}

export const useKeySettings = create<KeySettings>(() => ({ letters: localStorage.getItem('single-keys') !== 'off' }));

export function setLetters(letters: boolean): void {
  localStorage.setItem('single-keys', letters ? 'on' : 'off');
  useKeySettings.setState({ letters });
}

/**
 * Binds keys while the calling component is mounted. With the paint, not after it: on a busy machine a key pressed at what
 * has just come into sight would otherwise meet the bindings of what was there before.
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

/** What is bound now, by group, newest first. */
export function boundKeys(): readonly { readonly group: string; readonly bindings: readonly Binding[] }[] {
  const groups = new Map<string, Binding[]>();
  for (const { group, bindings } of layers.toReversed()) {
    const shown = bindings().filter((binding) => binding.silent !== true);
    groups.set(group, [...(groups.get(group) ?? []), ...shown]);
  }
  return [...groups].map(([group, bindings]) => ({ group, bindings }));
}

export function listenForKeys(): void {
  // A held key must never run through an armed button: repeats of Enter are dropped before anything sees them.
  window.addEventListener('keydown', dropRepeats, true);
  window.addEventListener('keydown', dispatch);
}

function dropRepeats(event: KeyboardEvent): void {
  if (!event.repeat || event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  event.stopPropagation();
}

function dispatch(event: KeyboardEvent): void {
  // An open dialog is a world of its own: the browser closes it on Esc and keeps the focus inside.
  if (event.defaultPrevented || event.altKey || document.querySelector('dialog[open]') !== null) return;
  const chord = chordOf(event);
  const binding = layers
    .toReversed()
    .flatMap((layer) => layer.bindings())
    .find((candidate) => candidate.keys === chord && applies(candidate, event.target));
  if (binding === undefined) return;
  event.preventDefault();
  binding.run();
}

function chordOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

function applies(binding: Binding, target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null;
  if (binding.keys === 'Enter') return entersPrimary(element);
  if (isField(element)) return binding.inFields === true;
  return binding.keys.length !== 1 || useKeySettings.getState().letters || /[0-9]/.test(binding.keys);
}

/** Enter belongs to what has the focus; from nowhere in particular, or from a marked form, it is the primary action. */
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
