/** `1 probe`, `2 probes`; for words whose plural only adds an s. */
export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
