/** What a psql command runs; letters of its switches may run together (`-Atc "select 1"`). */
import type { Call } from './script.ts';

/** The value of `-c` or `-f`, or null when it is not there. */
export function psqlValue({ args }: Pick<Call, 'args'>, letter: 'c' | 'f'): string | null {
  const long = letter === 'c' ? '--command' : '--file';
  // Switches without a value, so that what follows the letter is its value (psql 15).
  const short = new RegExp(`^-[aAbeElLnqsStwWxX01]*${letter}`);
  for (const [index, { value }] of args.entries()) {
    const rest = value.startsWith('--')
      ? value === long
        ? ''
        : value.startsWith(`${long}=`)
          ? value.slice(long.length + 1)
          : null
      : short.test(value)
        ? value.replace(short, '')
        : null;
    if (rest !== null) return rest === '' ? (args[index + 1]?.value ?? '') : rest;
  }
  return null;
}
