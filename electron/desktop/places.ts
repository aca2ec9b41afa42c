/** The address of the app's page and of its screens; renderer/app/route.ts reads the latter. Pure. */

export const SCHEME = 'app';
export const HOST = 'rollbook';
export const PAGE = `${SCHEME}://${HOST}/index.html`;

/**
 * Whether a URL is of our own pages. Protocol and host are compared, never `.origin`: Node's URL gives the text
 * "null" as the origin of every custom scheme, so a foreign one would be equal.
 */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${SCHEME}:` && parsed.host === HOST;
}

/** Whether a URL may be opened in the system's browser. */
export function isWebLink(url: string): boolean {
  return URL.parse(url)?.protocol === 'https:';
}

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
