import { parseDuration } from '../../words/duration.ts';
import { nearest } from '../../words/nearest.ts';
import { whyNoRule } from '../expectation.ts';
import { LONGEST_HINTS } from '../limits.ts';
import { STEP_KINDS, type StepKind } from '../../steps/kinds.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { Command } from '../model.ts';

/** The hints in the info string of a fence, after its language: ```` ```bash step=watch watch=30m timeout=10s ````. */
export interface Hints {
  readonly step: StepKind | null;
  readonly id: string | null;
  readonly effect: Command['effect'] | null;
  readonly usualMs: number | null;
  readonly timeoutMs: number | null;
  readonly watchMinutes: number | null;
  readonly checkpoints: readonly number[];
  /** For a step about several services: their ids, in order. */
  readonly services: readonly string[];
  readonly parallel: boolean;
  /** For a branch: codes of the error signatures it helps with. */
  readonly fits: readonly string[];
  /** The commands are the step's post-condition: they read whether its change worked. */
  readonly proof: boolean;
  readonly withinMs: number | null;
  /** Exit codes that count as success. */
  readonly exit: readonly number[] | null;
  readonly expect: string | null;
  readonly reject: string | null;
  /** Where the commands run; null: the default for their tool. */
  readonly runsIn: NonNullable<Command['runsIn']> | null;
  /** The command that takes the commands of the fence back. */
  readonly undo: string | null;
  /** The variable with the address of the database for these commands. */
  readonly database: string | null;
  /** The text is to be sent to people. */
  readonly message: boolean;
  /** Shown, never run: an example, a template, expected output. */
  readonly example: boolean;
  /** Words that are not a hint, and hints with an invalid value. */
  readonly unknown: readonly string[];
}

type Reader = (value: string) => Partial<Hints> | null;

/** The kinds that `step=` accepts. */
export const NAMED_STEP_KINDS: readonly StepKind[] = STEP_KINDS.filter(
  (kind) => definitionOf({ kind }).offeredOnly !== true,
);
const PLACES: readonly NonNullable<Command['runsIn']>[] = ['checkout'];
const ORDERS = ['declared', 'parallel'] as const;
const EFFECTS: readonly Command['effect'][] = ['read', 'change', 'unknown'];

const READERS = {
  step: (value) => oneOf(NAMED_STEP_KINDS, value, (step) => ({ step })),
  effect: (value) => oneOf(EFFECTS, value, (effect) => ({ effect })),
  id: (value) => (/^[a-z0-9][a-z0-9-]*$/.test(value) ? { id: value } : null),
  usual: (value) => whole(value, 1, (usualMs) => ({ usualMs })),
  timeout: (value) => whole(value, 1, (timeoutMs) => ({ timeoutMs })),
  watch: (value) => whole(value, 60_000, (watchMinutes) => ({ watchMinutes })),
  checkpoints: readCheckpoints,
  services: (value) => (/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/.test(value) ? { services: value.split(',') } : null),
  fits: (value) => (/^[a-z-]+(?:,[a-z-]+)*$/.test(value) ? { fits: value.split(',') } : null),
  within: (value) => whole(value, 1, (withinMs) => ({ withinMs })),
  exit: (value) => (/^\d{1,3}(?:,\d{1,3})*$/.test(value) ? { exit: value.split(',').map(Number) } : null),
  expect: (value) => (whyNoRule(value) === null ? { expect: value } : null),
  reject: (value) => (whyNoRule(value) === null ? { reject: value } : null),
  in: (value) => oneOf(PLACES, value, (runsIn) => ({ runsIn })),
  db: (value) => (/^[A-Za-z_]\w*$/.test(value) ? { database: value } : null),
  undo: (value) => (value.trim() === '' ? null : { undo: value }),
  order: (value) => oneOf(ORDERS, value, (order) => ({ parallel: order === 'parallel' })),
} satisfies Readonly<Record<string, Reader>>;

/** A hint with a value. */
type HintName = keyof typeof READERS;

/** The values of hints that accept one of a list. */
const HINT_VALUES: Partial<Readonly<Record<HintName, readonly string[]>>> = {
  step: STEP_KINDS,
  effect: EFFECTS,
  in: PLACES,
  order: ORDERS,
};

const BARE_WORDS = {
  message: { message: true },
  example: { example: true },
  proof: { proof: true },
} satisfies Readonly<Record<string, Partial<Hints>>>;

/** The names of all hints. */
export const HINT_WORDS: readonly string[] = [...Object.keys(READERS), ...Object.keys(BARE_WORDS)];

const NONE: Hints = {
  step: null,
  id: null,
  effect: null,
  usualMs: null,
  timeoutMs: null,
  watchMinutes: null,
  checkpoints: [],
  services: [],
  parallel: false,
  fits: [],
  proof: false,
  withinMs: null,
  exit: null,
  expect: null,
  reject: null,
  runsIn: null,
  undo: null,
  database: null,
  message: false,
  example: false,
  unknown: [],
};

/** Reads the words after a fence's language. Never throws: unknown words are listed in `unknown`. */
export function readHints(meta: string): Hints {
  if (meta.length > LONGEST_HINTS) return { ...NONE, unknown: [`${meta.slice(0, 60)}...`] };
  let hints = NONE;
  for (const word of meta.match(WORDS) ?? []) {
    const separator = word.indexOf('=');
    const known =
      separator < 0
        ? own<Partial<Hints>>(BARE_WORDS, word)
        : own<Reader>(READERS, word.slice(0, separator))?.(word.slice(separator + 1).replace(QUOTED, '$1'));
    hints = known == null ? { ...hints, unknown: [...hints.unknown, word] } : { ...hints, ...known };
  }
  return hints;
}

/** Separated by spaces, except between double quotes. */
const WORDS = /(?:"[^"]*"|[^\s"]|")+?(?=\s|$)/g;
const QUOTED = /^"([^"]*)"$/;

/** The hint that a word was meant to be: `expect` for `exepct=x`, `Expect: x` and `expect`; null: none. */
export function hintMeant(word: string): string | null {
  const [, written = '', sign = ''] = /^[^a-z]*([a-z]+)([=:]?)/i.exec(word) ?? [];
  const name = written.toLowerCase();
  if (HINT_WORDS.includes(name)) return sign !== '' || name.length >= SHORTEST_SLIP ? name : null;
  // A short word is close to many others; without = or : it is probably not meant as a hint.
  if (name.length < SHORTEST_SLIP + (sign === '' ? 1 : 0)) return null;
  return nearest(
    name,
    HINT_WORDS.filter(({ length }) => length >= SHORTEST_SLIP),
  );
}

const SHORTEST_SLIP = 4;

const RULES: ReadonlySet<string | null> = new Set<HintName>(['expect', 'reject', 'exit']);

/** True for a rule with an invalid value or a misspelled name: its author relies on it. */
export const isMeantAsRule = (word: string): boolean => RULES.has(hintMeant(word));

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function oneOf<T extends string>(
  known: readonly T[],
  value: string,
  make: (found: T) => Partial<Hints>,
): Partial<Hints> | null {
  const found = known.find((candidate) => candidate === value);
  return found === undefined ? null : make(found);
}

/** A duration above zero in units of `unitMs`. */
function whole(value: string, unitMs: number, make: (count: number) => Partial<Hints>): Partial<Hints> | null {
  const ms = parseDuration(value);
  return ms === null || ms < unitMs ? null : make(Math.round(ms / unitMs));
}

function readCheckpoints(value: string): Partial<Hints> | null {
  const minutes = value.split(',').map((part) => parseDuration(part));
  if (minutes.some((ms) => ms === null || ms < 60_000)) return null;
  return { checkpoints: minutes.map((ms) => Math.round((ms ?? 0) / 60_000)) };
}

interface UnreadHint {
  /** `unread-hint`: meant for Rollbook, but without effect; `unknown-hint`: it may be meant for another tool. */
  readonly code: 'unread-hint' | 'unknown-hint';
  readonly message: string;
  readonly advice: string;
}

/** A rule that cannot be read never counts as met. */
const NEVER_VERIFIED = 'its step can never be verified';
const FORMAT = 'shared/runbook/FORMAT.md lists the hints';
/** The value of each hint, for messages. */
const VALUES: Readonly<Record<HintName, string>> = {
  step: 'a kind of step',
  effect: 'read or change',
  id: 'an id of lowercase letters, digits and hyphens, such as deploy-web',
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
  undo: 'a command, such as undo="shopctl open $SERVICE"',
  order: 'declared or parallel',
};
const PATTERNS: ReadonlySet<string> = new Set<HintName>(['expect', 'reject']);

/** Explains a word that readHints did not know. `ours`: hints are read for this fence. */
export function unreadHint(word: string, ours: boolean): UnreadHint {
  const meant = ours ? hintMeant(word) : null;
  if (meant === null) {
    return {
      code: 'unknown-hint',
      message: `\`${word}\` after the language of the fence is not a hint that Rollbook knows.`,
      advice: `Correct or remove it; ${FORMAT}.`,
    };
  }
  const value = word.startsWith(`${meant}=`) ? word.slice(meant.length + 1).replace(/^"(.*)"$/s, '$1') : null;
  return { code: 'unread-hint', ...(value === null ? misspelt(word, meant) : impossible(word, meant, value)) };
}

const misspelt = (word: string, meant: string): Pick<UnreadHint, 'message' | 'advice'> => ({
  message: `\`${word}\` is not a hint that Rollbook knows, so ${isMeantAsRule(word) ? NEVER_VERIFIED : 'it has no effect'}.`,
  advice: `Did you mean ${meant}${Object.hasOwn(VALUES, meant) ? '=' : ''}? ${FORMAT}.`,
});

function impossible(word: string, meant: string, value: string): Pick<UnreadHint, 'message' | 'advice'> {
  const wanted = VALUES[meant as HintName];
  if (PATTERNS.has(meant)) {
    return {
      message: `\`${word}\` is not a valid pattern, so ${NEVER_VERIFIED}: ${whyNoRule(value) ?? 'it cannot be read'}.`,
      advice: `Write ${wanted}, in the syntax of RE2, which has no lookaround and no backreferences; escape special characters with a backslash, as in \\(.`,
    };
  }
  const near = nearest(value, HINT_VALUES[meant as HintName] ?? []);
  return {
    message: `\`${word}\` has an invalid value, so ${isMeantAsRule(word) ? NEVER_VERIFIED : 'it has no effect'}.`,
    advice: `${near === null ? '' : `Did you mean ${meant}=${near}? `}${meant}= takes ${wanted}; ${FORMAT}.`,
  };
}
