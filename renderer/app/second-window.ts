/** Opens a second window on the same Rollbook, at the same screen, with its own one-time link. */
import { get } from '../stores/core.ts';

export async function openSecondWindow(): Promise<void> {
  const link = await get('app.new-link', {});
  if (link === null) return;
  const url = `${link.url}&${location.hash.slice(1)}`;
  // Without `noopener` the new window would share this one's session storage and could script it.
  window.open(url, '_blank', 'noopener');
}
