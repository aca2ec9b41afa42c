/** When it was detected, as people say it at night: minutes ago, or a time of day. */

export type Detected =
  | { readonly kind: 'ago'; readonly minutes: number }
  | { readonly kind: 'time'; readonly text: string };

export const AGO_CHOICES: readonly number[] = [0, 5, 10, 15];

/**
 * The moment in ms since the epoch, or null while a typed time is not one. A time of day that has not come yet today
 * was yesterday: nothing is detected in the future.
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
