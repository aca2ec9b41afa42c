/** The exit and output rules of a command, as its fence gives them (`exit=`, `expect=`, `reject=`). */
import type { Expectation } from './model.ts';

/** Patterns look at so much of the end of an output, in characters: the end is what a tool has to say. */
const LOOKED_AT = 200_000;

/** The rule that was broken, in words, or null. Without rules only exit code 0 will do. `output` null: nobody saw it. */
export function brokenRule(rules: Expectation | undefined, exitCode: number, output: string | null): string | null {
  const { exit = [0], expect = null, reject = null } = rules ?? {};
  if (!exit.includes(exitCode)) return `The command ended with exit code ${exitCode}.`;
  if (output === null) return null;
  const text = output.replaceAll('\r\n', '\n').slice(-LOOKED_AT);
  if (expect !== null && !new RegExp(expect, FLAGS).test(text)) return `Its output does not say "${expect}".`;
  if (reject !== null && new RegExp(reject, FLAGS).test(text)) return `Its output says "${reject}".`;
  return null;
}

/** `^` and `$` are the ends of a line: an output is read by lines. */
const FLAGS = 'mu';

/** Whether a hint's value can be a pattern; names of variables in it stand for themselves. */
export function isPattern(text: string): boolean {
  try {
    new RegExp(withoutNames(text), FLAGS).test('');
    return text !== '';
  } catch {
    return false;
  }
}

const NAME = /\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})/g;

const withoutNames = (pattern: string): string => pattern.replaceAll(NAME, 'x');

/** Names of `$VARIABLES` in the rules. */
export const namesIn = ({ expect, reject }: Expectation): readonly string[] =>
  [...`${expect ?? ''}\n${reject ?? ''}`.matchAll(NAME)].map(([, plain, braced]) => plain ?? braced ?? '');

/** The rules with the values of their variables, taken literally. Where a value is missing the rule cannot be kept. */
export function filledRules(
  { exit, expect, reject }: Expectation,
  values: Readonly<Record<string, string>>,
): Expectation {
  const fill = (pattern: string | null, missing: string): string | null =>
    pattern?.replaceAll(NAME, (_found, plain?: string, braced?: string) => {
      const value = values[plain ?? braced ?? ''];
      return value === undefined ? missing : value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    }) ?? null;
  return { exit, expect: fill(expect, NEVER), reject: fill(reject, ALWAYS) };
}

const NEVER = '(?!)';
const ALWAYS = '(?:)';
