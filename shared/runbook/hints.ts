import { parseDuration } from '#shared/words/duration.ts';
import { nearest } from '../words/nearest.ts';
import { whyNoRule } from './expectation.ts';
import { LONGEST_HINTS } from './limits.ts';
import { STEP_KINDS, type StepKind } from '../steps/kinds.ts';
import { definitionOf } from '../steps/registry.ts';
import type { Command } from './model.ts';

/** What the info string of a fence says behind its language: ```` ```bash step=watch watch=30m timeout=10s ````. */
export interface Hints {
  readonly step: StepKind | null;
  readonly id: string | null;
  readonly effect: Command['effect'] | null;
  readonly usualMs: number | null;
  readonly timeoutMs: number | null;
  readonly watchMinutes: number | null;
  readonly checkpoints: readonly number[];
  /** For a step about several services: which, in this order. */
  readonly services: readonly string[];
  readonly parallel: boolean;
  /** Of a branch: codes of the error signatures it is for. */
  readonly fits: readonly string[];
  /** The commands read whether the step's change worked: its post-condition. */
  readonly proof: boolean;
  readonly withinMs: number | null;
  /** Exit codes that count as success. */
  readonly exit: readonly number[] | null;
  readonly expect: string | null;
  readonly reject: string | null;
  /** Where the commands run; null: where the tool belongs. */
  readonly runsIn: NonNullable<Command['runsIn']> | null;
  /** The variable with the address of the database that the commands work on. */
  readonly database: string | null;
  /** The text is to be sent to people. */
  readonly message: boolean;
  /** Shown, never run: an example, a template, expected output. */
  readonly example: boolean;
  /** Words that are no hint, or hints with an invalid value. */
  readonly unknown: readonly string[];
}

type Reader = (value: string) => Partial<Hints> | null;

/** Those that `step=` can name. */
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
  order: (value) => oneOf(ORDERS, value, (order) => ({ parallel: order === 'parallel' })),
} satisfies Readonly<Record<string, Reader>>;

/** A hint that has a value. */
export type HintName = keyof typeof READERS;

/** The values of the hints that take one of a list. */
export const HINT_VALUES: Partial<Readonly<Record<HintName, readonly string[]>>> = {
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

/** Every word that is a hint, without its value. */
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
  database: null,
  message: false,
  example: false,
  unknown: [],
};

/** Reads the words behind a fence's language. Never throws; what it does not know is listed in `unknown`. */
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

/** A word that says how a hint was meant, `expect` of `exepct=x`, `Expect: x` and `expect`; null: none of ours. */
export function hintMeant(word: string): string | null {
  const [, written = '', sign = ''] = /^[^a-z]*([a-z]+)([=:]?)/i.exec(word) ?? [];
  const name = written.toLowerCase();
  if (HINT_WORDS.includes(name)) return sign !== '' || name.length >= SHORTEST_SLIP ? name : null;
  // Of a short word many others are a slip away, and without a sign behind it most are meant as themselves.
  if (name.length < SHORTEST_SLIP + (sign === '' ? 1 : 0)) return null;
  return nearest(
    name,
    HINT_WORDS.filter(({ length }) => length >= SHORTEST_SLIP),
  );
}

const SHORTEST_SLIP = 4;

const RULES: ReadonlySet<string | null> = new Set<HintName>(['expect', 'reject', 'exit']);

/** A rule with a value that cannot be read, or with a slip in its name: whoever wrote it counts on it. */
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
