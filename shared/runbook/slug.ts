/** Lower-case words joined by hyphens; `fallback` when nothing of the text is a letter or digit. */
export function slug(text: string, fallback = 'untitled'): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? fallback : words.join('-');
}

/** Hands out ids: the first free one of the candidates, else the last with a number behind it. */
export class UniqueIds {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  take(...candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((candidate) => !this.#taken.has(candidate)) ?? this.#numbered(candidates.at(-1) ?? '');
    this.#taken.add(free);
    return free;
  }

  // The count is remembered: ten thousand headings of the same name must not cost fifty million look-ups.
  #numbered(base: string): string {
    let count = this.#counts.get(base) ?? 1;
    do count += 1;
    while (this.#taken.has(`${base}-${count}`));
    this.#counts.set(base, count);
    return `${base}-${count}`;
  }
}
