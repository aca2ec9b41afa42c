/**
 * Patterns that a runbook gives, in the syntax of RE2 (github.com/google/re2/wiki/Syntax). They are matched in time linear in
 * the text, whatever they are: with JavaScript's own, one like `^(a+)+$` would hold up everything.
 */
import { RE2JS } from 're2js';

export type Pattern = (text: string) => boolean;

/** `^` and `$` are the ends of a line. Null: it is none, see whyNoPattern. */
export const patternOf = (pattern: string): Pattern | null => compiled(pattern, RE2JS.MULTILINE);

/** For a text that has to match as a whole. */
export const wholePatternOf = (pattern: string): Pattern | null => compiled(`^(?:${pattern})$`, 0);

function compiled(pattern: string, flags: number): Pattern | null {
  try {
    const regex = RE2JS.compile(pattern, flags);
    return (text) => regex.matcher(text).find();
  } catch {
    return null;
  }
}

/** Null: it is one. */
export function whyNoPattern(pattern: string): string | null {
  if (pattern === '') return 'it is empty';
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (thrown) {
    return (thrown as Error).message.replace(/^error parsing regexp: /, '');
  }
}
