/** Finds actions by what a person types, with a typo or two. */

/** 0 is the best. null: it does not match. */
export function matchOf(label: string, query: string): number | null {
  const words = label
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const parts = query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  const costs = parts.map((part) => costOf(part, words, label.toLowerCase()));
  return costs.some((cost) => cost === null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

/** A word that begins like this, then one that contains it, then one that is nearly it. */
function costOf(part: string, words: readonly string[], label: string): number | null {
  if (words.some((word) => word.startsWith(part))) return 0;
  if (label.includes(part)) return 1;
  const allowed = part.length < 4 ? 0 : part.length < 8 ? 1 : 2;
  const nearest = Math.min(
    ...words.map((word) => distance(part, word.slice(0, part.length + 1), allowed)),
    allowed + 1,
  );
  return nearest <= allowed ? 2 + nearest : null;
}

/**
 * Edits between what was typed and the beginning of a word: insertions, deletions, replacements and swapped neighbors.
 * `enough`: above it the exact number does not matter.
 */
function distance(typed: string, word: string, enough: number): number {
  let before: number[] = [];
  let row = Array.from({ length: word.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > enough) return enough + 1;
    before = row;
    row = next;
  }
  // Only the beginning of the word is typed: what follows costs nothing.
  return Math.min(...row.slice(Math.max(0, typed.length - enough)));
}

/** The matching entries, the best first; of equal ones the order stays. */
export const found = <T extends { readonly label: string }>(entries: readonly T[], query: string): readonly T[] =>
  entries
    .flatMap((entry) => {
      const cost = matchOf(entry.label, query);
      return cost === null ? [] : [{ entry, cost }];
    })
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ entry }) => entry);

/** The entry that Enter takes at first: never one that asks for care. -1: none. */
export const preselected = (entries: readonly { readonly careful?: boolean }[]): number =>
  entries.findIndex(({ careful }) => careful !== true);
