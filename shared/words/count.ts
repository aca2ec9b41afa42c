/** `1 probe`, `2 probes`; for nouns whose plural adds an s. */
export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
