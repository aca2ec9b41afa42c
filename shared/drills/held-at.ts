/** The real time an incident began, in ms since the epoch, which lists show and sort by. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The real time of a drill: its clock may have any time, but its id has the real one (the first ten letters of a ULID). */
export function heldAt({ id, declaredAt }: { readonly id: string; readonly declaredAt: number }): number {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)) return declaredAt;
  return Array.from(id.slice(0, 10)).reduce((sum, letter) => sum * 32 + LETTERS.indexOf(letter), 0);
}

interface Begun {
  readonly id: string;
  readonly kind: 'live' | 'drill';
  readonly declaredAt: number;
}

/** `declaredAt` of a drill is the time of its scenario; of a live incident, the real time. */
export const begunAt = (incident: Begun): number =>
  incident.kind === 'drill' ? heldAt(incident) : incident.declaredAt;

export const newestFirst = (a: Begun, b: Begun): number => begunAt(b) - begunAt(a);
