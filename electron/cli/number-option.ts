/** An option that takes a number within bounds; another one is refused with the bounds. */
import { InvalidArgumentError } from 'commander';

export const number =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
  };
