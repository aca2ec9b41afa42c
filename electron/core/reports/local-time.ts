import type { LocalTime } from '#shared/report/times.ts';

/** The zone this machine is set to. */
export function localTime(): LocalTime {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return { timeZone, format: (ms) => format.format(ms) };
}
