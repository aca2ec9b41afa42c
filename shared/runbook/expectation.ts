/** Checks the exit and output rules of a command (`exit=`, `expect=`, `reject=` in its fence). */
import type { Expectation } from './expected.ts';
import { patternOf, reachOf, whyNoPattern } from './pattern.ts';

/** The output that was seen, of both streams. `whole`: nothing is missing. */
export interface Seen {
  readonly text: string;
  readonly whole: boolean;
  /** Why something is missing, if known. */
  readonly why?: string;
  /** For an output that was checked while it streamed and may be longer than `text`; returns null when it is not known. */
  readonly says?: (pattern: string) => boolean | null;
}

export const NOTHING_SEEN: Seen = { text: '', whole: false };

/** The broken rule as a sentence, or null. Without rules, the exit code has to be 0. Output that was not seen breaks no rule. */
export function brokenRule(rules: Expectation | undefined, exitCode: number, seen: Seen): string | null {
  const { exit = [0], expect = null, reject = null } = rules ?? {};
  if (!exit.includes(exitCode)) return `The command ended with exit code ${exitCode}.`;
  if (expect !== null && says(seen, expect) === false) return `Its output does not contain "${expect}".`;
  if (reject !== null && says(seen, reject) === true) return `Its output contains "${reject}".`;
  return null;
}

/** The rule that cannot be decided from what was seen, as a sentence, or null. */
export function unseenRule(rules: Expectation | undefined, seen: Seen): string | null {
  if (rules === undefined) return null;
  const { expect, reject, unread = [] } = rules;
  if (unread.length > 0) return `Its rule ${unread.join(' ')} cannot be read. Correct it in the runbook.`;
  const much = seen.why ?? (seen.text.trim() === '' ? 'nobody saw its output' : 'not all of its output was seen');
  if (expect !== null && says(seen, expect) === null) return `Its output must contain "${expect}", and ${much}.`;
  return reject !== null && says(seen, reject) === null
    ? `Its output must not contain "${reject}", and ${much}.`
    : null;
}

/** Null: not in what was seen, but something was not seen. */
function says({ text, whole, says: watched }: Seen, pattern: string): boolean | null {
  if (watched !== undefined) return watched(pattern);
  // Stored models may have patterns from before RE2 was used.
  const matches = patternOf(pattern);
  if (matches === null) return null;
  return matches(text.replaceAll('\r\n', '\n')) || (whole ? false : null);
}

/** Why the value of a hint is not a valid pattern, or null. It may contain `$NAME`s. */
export const whyNoRule = (text: string): string | null =>
  whyNoPattern(withoutNames(text)) ?? (reachOf(text) === 'text' ? OF_THE_WHOLE : null);

const OF_THE_WHOLE = 'output is checked line by line: use ^ and $, not \\A, \\z or (?-m)';

const NAME = /\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})/g;

const withoutNames = (pattern: string): string => pattern.replaceAll(NAME, 'x');

/** The names of the `$VARIABLES` in the rules. */
export const namesIn = ({ expect, reject }: Expectation): readonly string[] =>
  [...`${expect ?? ''}\n${reject ?? ''}`.matchAll(NAME)].map(([, plain, braced]) => plain ?? braced ?? '');

/** The rules with the values of their variables, as literal text. A rule with a missing value is never met. */
export function filledRules(
  { exit, expect, reject, unread }: Expectation,
  values: Readonly<Record<string, string>>,
): Expectation {
  const fill = (pattern: string | null, missing: string): string | null =>
    pattern?.replaceAll(NAME, (_found, plain?: string, braced?: string) => {
      const value = values[plain ?? braced ?? ''];
      return value === undefined ? missing : value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    }) ?? null;
  return {
    exit,
    expect: fill(expect, NEVER),
    reject: fill(reject, ALWAYS),
    ...(unread === undefined ? {} : { unread }),
  };
}

const NEVER = '[^\\s\\S]';
const ALWAYS = '(?:)';
