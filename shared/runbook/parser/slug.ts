/** Lowercase words joined by hyphens; `fallback` when the text has no letter or digit. */
export function slug(text: string, fallback = 'untitled'): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? fallback : words.join('-');
}

/** Returns unique ids: the first free candidate, or the last one with a number appended. */
export class UniqueIds {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  take(...candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((candidate) => !this.#taken.has(candidate)) ?? this.#numbered(candidates.at(-1) ?? '');
    this.#taken.add(free);
    return free;
  }

  // The count is kept, so that 10,000 equal headings do not take 50 million lookups.
  #numbered(base: string): string {
    let count = this.#counts.get(base) ?? 1;
    do count += 1;
    while (this.#taken.has(`${base}-${count}`));
    this.#counts.set(base, count);
    return `${base}-${count}`;
  }
}
