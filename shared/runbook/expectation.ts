/** The exit and output rules of a command, as its fence gives them (`exit=`, `expect=`, `reject=`). */
import type { Expectation } from './model.ts';
import { patternOf, whyNoPattern } from './pattern.ts';
import { reachOf } from './pattern-reach.ts';

/** What was seen of an output, both streams. `whole`: nothing of it is missing. */
export interface Seen {
  readonly text: string;
  readonly whole: boolean;
  /** Why something is missing, where that is known. */
  readonly why?: string;
  /** Of an output that was watched as it passed, and may be longer than `text`: null when that cannot be told. */
  readonly says?: (pattern: string) => boolean | null;
}

export const NOTHING_SEEN: Seen = { text: '', whole: false };

/** The rule that was broken, in words, or null. Without rules only exit code 0 will do. What was not seen breaks none. */
export function brokenRule(rules: Expectation | undefined, exitCode: number, seen: Seen): string | null {
  const { exit = [0], expect = null, reject = null } = rules ?? {};
  if (!exit.includes(exitCode)) return `The command ended with exit code ${exitCode}.`;
  if (expect !== null && says(seen, expect) === false) return `Its output does not say "${expect}".`;
  if (reject !== null && says(seen, reject) === true) return `Its output says "${reject}".`;
  return null;
}

/** The rule that cannot be told to be kept from what was seen, in words, or null. */
export function unseenRule(rules: Expectation | undefined, seen: Seen): string | null {
  if (rules === undefined) return null;
  const { expect, reject, unread = [] } = rules;
  if (unread.length > 0) return `Its rule ${unread.join(' ')} cannot be read. Correct it in the runbook.`;
  const much = seen.why ?? (seen.text.trim() === '' ? 'nobody saw its output' : 'not all of its output was seen');
  if (expect !== null && says(seen, expect) === null) return `It has to say "${expect}", and ${much}.`;
  return reject !== null && says(seen, reject) === null ? `It must not say "${reject}", and ${much}.` : null;
}

/** Null: it does not in what was seen, and not all was. */
function says({ text, whole, says: watched }: Seen, pattern: string): boolean | null {
  if (watched !== undefined) return watched(pattern);
  // A pattern that was taken before RE2 decided is none any more: nothing can be told by it.
  const matches = patternOf(pattern);
  if (matches === null) return null;
  return matches(text.replaceAll('\r\n', '\n')) || (whole ? false : null);
}

/** Why a hint's value can be no pattern, or null; names of variables in it stand for themselves. */
export const whyNoRule = (text: string): string | null =>
  whyNoPattern(withoutNames(text)) ?? (reachOf(text) === 'text' ? OF_THE_WHOLE : null);

const OF_THE_WHOLE = 'an output is looked at by lines, which begin and end with ^ and $, not with \\A, \\z or (?-m)';

const NAME = /\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})/g;

const withoutNames = (pattern: string): string => pattern.replaceAll(NAME, 'x');

/** Names of `$VARIABLES` in the rules. */
export const namesIn = ({ expect, reject }: Expectation): readonly string[] =>
  [...`${expect ?? ''}\n${reject ?? ''}`.matchAll(NAME)].map(([, plain, braced]) => plain ?? braced ?? '');

/** The rules with the values of their variables, taken literally. Where a value is missing the rule cannot be kept. */
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
