/** `1 probe`, `2 probes`. `many`: for nouns whose plural does not only add an s. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
