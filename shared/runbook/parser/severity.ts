import type { Severity } from '../model.ts';

export const SEVERITIES: readonly Severity[] = ['P0', 'P1', 'P2', 'P3'];

const BY_WORD: readonly (readonly [RegExp, Severity])[] = [
  [/\b(?:critical|emergency|blocker)\b/i, 'P0'],
  [/\b(?:high|major|urgent)\b/i, 'P1'],
  [/\b(?:medium|moderate|minor)\b/i, 'P2'],
  [/\b(?:low|cosmetic|trivial)\b/i, 'P3'],
];

/** The severity that a text names: `P0 - Critical`, `SEV1` (which is P0), or a word such as "critical". */
export function parseSeverity(text: string): Severity | null {
  return parseSeverities(text)[0] ?? null;
}

/** All severities that a text names; `P2+` means P2 and lower. */
export function parseSeverities(text: string): readonly Severity[] {
  const named = [...text.matchAll(/\b(P|SEV[- ]?|S)([0-5])(?!\d)(\+)?/gi)].flatMap(
    ([, scale = '', digit = '', upward]) => {
      const rank = Math.min(3, Math.max(0, Number(digit) - (/^p$/i.test(scale) ? 0 : 1)));
      return SEVERITIES.slice(rank, upward === undefined ? rank + 1 : undefined);
    },
  );
  if (named.length > 0) return SEVERITIES.filter((severity) => named.includes(severity));
  const word = BY_WORD.find(([pattern]) => pattern.test(text));
  return word === undefined ? [] : [word[1]];
}
