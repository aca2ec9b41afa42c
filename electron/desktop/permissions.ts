import { isOurs } from './places.ts';

/**
 * Everything is denied but writing text to the clipboard, by our own page: "copy this command" needs it.
 * Electron grants everything unless it is told otherwise.
 */
export function mayUse(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(requestingUrl);
}

/** The part of Electron's WebFrameMain that identifies the sender. */
export interface Frame {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the main frame of our own page may call the core; null is a frame that is gone already. */
export function mayCall(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url);
}
