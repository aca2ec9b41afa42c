/** The known word closest to a misspelled one, or null when none is close. */
export function nearest(word: string, known: readonly string[]): string | null {
  const most = (name: string): number => Math.max(1, Math.floor(Math.min(word.length, name.length) / 3));
  const near = known
    // Skip words whose length differs too much.
    .filter((name) => Math.abs(word.length - name.length) <= most(name))
    .map((name) => ({ name, distance: distance(word, name) }))
    .filter(({ name, distance: far }) => far <= most(name));
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.name ?? null;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
