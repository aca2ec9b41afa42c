import { isOurs } from './place.ts';

/** The part of Electron's WebFrameMain that identifies the sender. */
export interface Frame {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the main frame of our own page may call the core; null is a frame that is gone already. */
export function mayCall(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url);
}
