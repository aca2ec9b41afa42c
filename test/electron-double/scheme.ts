/**
 * Chromium cannot be taught a scheme through Playwright, so `app://rollbook/x` is shown to it as
 * `https://rollbook.app.scheme.test/x`: standard and secure, as the real one is registered. `.test` is never resolved.
 */
const SUFFIX = '.scheme.test';

/** The address Chromium loads for a URL of the main process. */
export function toBrowser(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^app:$/.test(parsed.protocol)) return url;
  const { protocol, host, pathname, search, hash } = parsed;
  return `https://${host}.${protocol.slice(0, -1)}${SUFFIX}${pathname || '/'}${search}${hash}`;
}

/** The URL the main process sees for an address of Chromium. */
export function fromBrowser(address: string): string {
  const parsed = URL.parse(address);
  if (parsed === null || parsed.protocol !== 'https:' || !parsed.hostname.endsWith(SUFFIX)) return address;
  const name = parsed.hostname.slice(0, -SUFFIX.length);
  const dot = name.lastIndexOf('.');
  return `${name.slice(dot + 1)}://${name.slice(0, dot)}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** Whether Chromium asks for something that the protocol handler answers. */
export const isMapped = (address: string): boolean => fromBrowser(address) !== address;
