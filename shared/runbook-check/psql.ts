/** Reads the SQL or the file that a psql command runs; short flags may be combined (`-Atc "select 1"`). */
import type { Call } from './script.ts';

/** The value of `-c` or `-f`, or null without it. */
export function psqlValue({ args }: Pick<Call, 'args'>, letter: 'c' | 'f'): string | null {
  const long = letter === 'c' ? '--command' : '--file';
  // Only flags without a value may stand before the letter (psql 15).
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
