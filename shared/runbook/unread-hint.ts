/** What is said of a word behind a fence's language that is no hint, or that is one with an invalid value. */
import { nearest } from '../words/nearest.ts';
import { whyNoRule } from './expectation.ts';
import { HINT_VALUES, type HintName, hintMeant, isMeantAsRule } from './hints.ts';

export interface UnreadHint {
  /** `unread-hint`: it is meant as one of ours, and does nothing; `unknown-hint`: it may be another tool's. */
  readonly code: 'unread-hint' | 'unknown-hint';
  readonly message: string;
  readonly advice: string;
}

/** A rule that cannot be read is never taken for one that is kept. */
const NEVER_VERIFIED = 'its step can never be verified';
const FORMAT = 'shared/runbook/FORMAT.md lists the hints';
/** What each takes behind its `=`. */
const VALUES: Readonly<Record<HintName, string>> = {
  step: 'a kind of step',
  effect: 'read or change',
  id: 'an id of small letters, digits and dashes, such as deploy-web',
  usual: 'a duration, such as 90s',
  timeout: 'a duration, such as 15s',
  watch: 'a duration of a minute or more, such as 30m',
  checkpoints: 'durations of a minute or more, such as 5m,15m',
  services: 'ids of services, such as web,worker',
  fits: 'codes of failures, such as image-gone',
  within: 'a duration, such as 2m',
  exit: 'exit codes, such as 0,3',
  expect: 'a pattern, such as expect="^started"',
  reject: 'a pattern, such as reject="^error"',
  in: 'the word checkout',
  db: 'the name of a variable, such as DATABASE_URL',
  order: 'declared or parallel',
};
const PATTERNS: ReadonlySet<string> = new Set<HintName>(['expect', 'reject']);

/** `word` is one that readHints did not know. `ours`: whether the fence is one of those that hints are read for. */
export function unreadHint(word: string, ours: boolean): UnreadHint {
  const meant = ours ? hintMeant(word) : null;
  if (meant === null) {
    return {
      code: 'unknown-hint',
      message: `\`${word}\` behind the language of the fence is not a hint Rollbook knows.`,
      advice: `Correct or remove it; ${FORMAT}.`,
    };
  }
  const value = word.startsWith(`${meant}=`) ? word.slice(meant.length + 1).replace(/^"(.*)"$/s, '$1') : null;
  return { code: 'unread-hint', ...(value === null ? misspelt(word, meant) : impossible(word, meant, value)) };
}

const misspelt = (word: string, meant: string): Pick<UnreadHint, 'message' | 'advice'> => ({
  message: `\`${word}\` is not a hint Rollbook knows, so ${isMeantAsRule(word) ? NEVER_VERIFIED : 'it does nothing'}.`,
  advice: `Did you mean ${meant}${Object.hasOwn(VALUES, meant) ? '=' : ''}? ${FORMAT}.`,
});

function impossible(word: string, meant: string, value: string): Pick<UnreadHint, 'message' | 'advice'> {
  const wanted = VALUES[meant as HintName];
  if (PATTERNS.has(meant)) {
    return {
      message: `\`${word}\` has no pattern that can be matched, so ${NEVER_VERIFIED}: ${whyNoRule(value) ?? 'it cannot be read'}.`,
      advice: `Write ${wanted}, in the syntax of RE2, which has no look-around and no back-references; a sign that stands for itself has a backslash before it, as in \\(.`,
    };
  }
  const near = nearest(value, HINT_VALUES[meant as HintName] ?? []);
  return {
    message: `\`${word}\` has an invalid value, so ${isMeantAsRule(word) ? NEVER_VERIFIED : 'it does nothing'}.`,
    advice: `${near === null ? '' : `Did you mean ${meant}=${near}? `}${meant}= takes ${wanted}; ${FORMAT}.`,
  };
}
