/** When an incident was really begun, ms since the epoch. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A drill's own clock may tell any time; its id holds the real one (the first ten letters of a ULID). */
export function heldAt({ id, declaredAt }: { readonly id: string; readonly declaredAt: number }): number {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)) return declaredAt;
  return Array.from(id.slice(0, 10)).reduce((sum, letter) => sum * 32 + LETTERS.indexOf(letter), 0);
}
