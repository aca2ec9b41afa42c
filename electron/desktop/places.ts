/** Addresses of the window's screens that the shell leads to; renderer/app/route.ts reads them. Pure. */
import { PAGE } from './place.ts';

export const HOME = '#/';

const withId = (screen: string, id: string): string => `#/${screen}/${encodeURIComponent(id)}`;
export const incidentPlace = (incidentId: string): string => withId('incident', incidentId);
export const reportPlace = (incidentId: string): string => withId('report', incidentId);
export const clockPlace = (incidentId: string): string => withId('clock', incidentId);
export const reviewPlace = (hash: string): string => withId('runbook', hash);

export const addressOf = (place: string): string => `${PAGE}${place}`;

/** The incident that is in sight at an address of the window, or null. */
export function incidentInSight(url: string): string | null {
  const id = /^#\/(?:incident|report|clock)\/([^/]+)$/.exec(URL.parse(url)?.hash ?? '')?.[1];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}
