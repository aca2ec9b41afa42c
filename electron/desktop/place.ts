/** The address of the desktop window: the only page that the app shows. */
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
