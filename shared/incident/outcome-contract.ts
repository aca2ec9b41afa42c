/**
 * The outcome contract of a change: exit rule, output rule, post-condition. A value of type `verified` can only be made
 * from all three, so no code path can report success with one of them missing.
 */
import { brokenRule, type Seen, unseenRule } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import type { Outcome } from './step-outcomes.ts';
import type { ExitFact, RulesFact } from './topics/runs-events.ts';

/** Not exported, so no other file can make a sealed value. */
declare const seal: unique symbol;

/** The exit and output rules were kept, and everything they judge was seen. */
export interface Kept {
  readonly kind: 'kept';
  readonly [seal]: true;
}

/** `unseen`: no rule is known to be broken, but part of the output they judge was not seen. */
export type Rules = Kept | { readonly kind: 'broken' | 'unseen'; readonly why: string };

const kept = (): Kept => ({ kind: 'kept' }) satisfies Omit<Kept, typeof seal> as unknown as Kept;

/** Judges a command that ended by its exit and output rules. */
export function rulesHeld(exit: ExitFact, seen: Seen, expects: Expectation | undefined): Rules {
  if (exit.kind !== 'code') return { kind: 'broken', why: describeExit(exit) };
  const broken = brokenRule(expects, exit.code, seen);
  if (broken !== null) return { kind: 'broken', why: broken };
  const unseen = unseenRule(expects, seen);
  return unseen === null ? kept() : { kind: 'unseen', why: unseen };
}

/** For several commands: the first broken one decides, else the first unseen one. */
export const allHeld = (each: readonly Rules[]): Rules =>
  each.find(({ kind }) => kind === 'broken') ?? each.find(({ kind }) => kind === 'unseen') ?? kept();

/** For a step that runs no change of its own: there is no exit or output to judge. */
export const withoutChange = (_why: 'it only reads' | 'each service was judged by its own contract'): Kept => kept();

/** The verdict that `run.ended` recorded, judged while the whole output was available. */
export const rulesAsKept = ({ kind, why }: RulesFact): Rules => (kind === 'kept' ? kept() : { kind, why });

const describeExit = (exit: Exclude<ExitFact, { kind: 'code' }>): string =>
  exit.kind === 'signal'
    ? `The command was ended by ${exit.signal}.`
    : exit.kind === 'timeout'
      ? `The command was stopped after ${Math.round(exit.afterMs / 1000)} s.`
      : 'Nobody saw how the command ended.';

/** One thing that was checked after a change. */
export interface Look {
  readonly rule: string;
  readonly met: boolean;
  readonly detail: string;
}

/** At least one thing was checked, and all of it is as required. Only `postCondition` makes one. */
export interface Met {
  readonly kind: 'met';
  readonly looks: readonly [Look, ...Look[]];
  readonly [seal]: true;
}

export interface Unmet {
  readonly kind: 'unmet';
  readonly why: string;
}

/** The result of checking a step's post-condition. `unknown`: it could not be checked. `nothing`: the step has none. */
export type Proven = Met | Unmet | { readonly kind: 'unknown' | 'nothing'; readonly why: string };

/** Without anything checked it is not met (product rule 4). */
export function postCondition(looks: readonly Look[]): Met | Unmet {
  const [first, ...more] = looks;
  if (first === undefined) return { kind: 'unmet', why: 'Nothing was looked at.' };
  const wrong = looks.filter(({ met }) => !met);
  if (wrong.length > 0) return { kind: 'unmet', why: wrong.map(({ detail }) => detail).join(' ') };
  return { kind: 'met', looks: [first, ...more] } satisfies Omit<Met, typeof seal> as unknown as Met;
}

/** The outcome `verified`. Only `verified()` makes one, from kept rules and a met post-condition. */
export type Verified = 'verified' & { readonly [seal]: true };

/** The outcome a new event may report: `verified` only as proven. */
export type Ending = Exclude<Outcome, 'verified'> | Verified;

export const verified = (_rules: Kept, _proof: Met): Verified => 'verified' as Verified;
