/** The time of detection, given as minutes ago or as a time of day. */

export type Detected =
  | { readonly kind: 'ago'; readonly minutes: number }
  | { readonly kind: 'time'; readonly text: string };

export const AGO_CHOICES: readonly number[] = [0, 5, 10, 15];

/**
 * The time of detection in ms since the epoch, or null while the typed text is not a time. A time later than now is
 * taken as yesterday's.
 */
export function detectedMoment(detected: Detected, now: number): number | null {
  if (detected.kind === 'ago') return now - detected.minutes * 60_000;
  const match = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(detected.text.trim());
  if (match === null) return null;
  const date = new Date(now);
  date.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (date.getTime() > now) date.setDate(date.getDate() - 1);
  return date.getTime();
}
