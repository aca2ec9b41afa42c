/** Parsers for the values of options; a value that does not fit is refused with what would. */
import { InvalidArgumentError } from 'commander';
import { isWebAddress } from '#shared/words/web-address.ts';

/** A number within bounds. */
export const number =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
  };

/** A list, for an option that may be given several times; `parse` reads each value. */
export const several =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] | undefined): readonly T[] => [...(before ?? []), parse(text)];

/** A day as YYYY-MM-DD; '' clears it. */
export function day(text: string): string {
  const parsed = Date.parse(`${text}T00:00:00Z`);
  const isDay = Number.isFinite(parsed) && new Date(parsed).toISOString() === `${text}T00:00:00.000Z`;
  if (text === '' || isDay) return text;
  throw new InvalidArgumentError('Give a day as YYYY-MM-DD, as 2026-12-01.');
}

/** An http or https address; '' clears it. */
export function webAddress(text: string): string {
  if (text === '' || isWebAddress(text)) return text;
  throw new InvalidArgumentError('Give an address that starts with https:// or http://.');
}
