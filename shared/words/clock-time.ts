/**
 * "03:12 UTC", "05:12 GMT+2": a time of day for people who may be in another time zone. `at` in ms since the epoch;
 * `timeZone` is an IANA name, the machine's own when it is left out.
 */
export const clockTime = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone }).format(at);
