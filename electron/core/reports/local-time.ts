/** The time zone in which a report tells local times. */
import type { LocalTime } from '#shared/report/times.ts';

/** That of this machine; UTC where TZ names one that the runtime does not know, as its clock is UTC then. */
export function localTime(): LocalTime {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { readonly timeZone: string | undefined };
  const unknown = timeZone === undefined || timeZone === 'Etc/Unknown';
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(unknown ? { timeZone: 'UTC' } : {}),
  });
  return { timeZone: unknown ? 'UTC' : nameOf(timeZone), format: (ms) => format.format(ms) };
}

/** V8 names TZ=GMT+2 "+02:00", though POSIX means two hours behind UTC by it and the clock does so: the clock is asked. */
function nameOf(timeZone: string): string {
  if (!/^[+-]/.test(timeZone)) return timeZone;
  const offset = -new Date().getTimezoneOffset();
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}
