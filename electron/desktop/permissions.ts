import { isOurs } from './place.ts';

/**
 * Everything is denied but writing text to the clipboard, by our own page: "copy this command" needs it.
 * Electron grants everything unless it is told otherwise.
 */
export function mayUse(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(requestingUrl);
}
