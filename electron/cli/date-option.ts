import { InvalidArgumentError } from 'commander';

/** A day as YYYY-MM-DD, or nothing to take it back; another text is refused with the form that is meant. */
export function day(text: string): string {
  const parsed = Date.parse(`${text}T00:00:00Z`);
  const isDay = Number.isFinite(parsed) && new Date(parsed).toISOString() === `${text}T00:00:00.000Z`;
  if (text === '' || isDay) return text;
  throw new InvalidArgumentError('Give a day as YYYY-MM-DD, as 2026-12-01.');
}
