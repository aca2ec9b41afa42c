import type { Rows } from './handler.ts';

export const SETTINGS: Rows<'settings.read' | 'settings.change'> = {
  'settings.read': ({ settings }) => settings.view(),
  'settings.change': ({ settings }, { change }) => settings.change(change),
};
