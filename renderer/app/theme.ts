/** The colors of the window. Kept in this browser too, so that the first paint already has them. */
import type { Theme } from '#shared/settings/settings.ts';

/** `system` leaves the choice to the system, also when it changes at sunset. */
export function showTheme(theme: Theme): void {
  localStorage.setItem('theme', theme);
  document.documentElement.dataset['theme'] = theme;
}

/** Before the settings are read. */
export function showLastTheme(): void {
  const last = localStorage.getItem('theme');
  showTheme(last === 'light' || last === 'dark' ? last : 'system');
}
