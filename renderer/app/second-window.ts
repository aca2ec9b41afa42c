/** Another window on the same Rollbook, by a link of its own, at the place where this one is. */
import { get } from '../stores/core.ts';

export async function openSecondWindow(): Promise<void> {
  const link = await get('app.new-link', {});
  if (link === null) return;
  const url = `${link.url}&${location.hash.slice(1)}`;
  // Without `noopener` the new window would start with this one's session, and could reach into it.
  window.open(url, '_blank', 'noopener');
}
