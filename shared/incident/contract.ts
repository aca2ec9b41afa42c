/**
 * The outcome contract of a change: exit rule, output rule, post-condition. `verified` is a type that only all three
 * together can be turned into, so that no path through the engine can show success with one of them left out.
 */
import { brokenRule, type Seen, unseenRule } from '../runbook/expectation.ts';
import type { Expectation } from '../runbook/model.ts';
import type { ExitFact, RulesFact } from './exit-fact.ts';
import type { Outcome } from './outcome.ts';
import type { Met } from './post-condition.ts';

/** Never exported, so that nothing outside this file can be written to have it. */
declare const seal: unique symbol;

/** The command ended as its exit rule says and printed what its output rule says, and that was seen. */
export interface Kept {
  readonly kind: 'kept';
  readonly [seal]: true;
}

/** `unseen`: nothing is known to be wrong, but the rule is about output that nobody saw. */
export type Rules = Kept | { readonly kind: 'broken' | 'unseen'; readonly why: string };

const kept = (): Kept => ({ kind: 'kept' }) satisfies Omit<Kept, typeof seal> as unknown as Kept;

/** What a command that ended did against its exit and output rule. */
export function rulesHeld(exit: ExitFact, seen: Seen, expects: Expectation | undefined): Rules {
  if (exit.kind !== 'code') return { kind: 'broken', why: describeExit(exit) };
  const broken = brokenRule(expects, exit.code, seen);
  if (broken !== null) return { kind: 'broken', why: broken };
  const unseen = unseenRule(expects, seen);
  return unseen === null ? kept() : { kind: 'unseen', why: unseen };
}

/** Of several commands the first whose rules are not known to be kept decides. */
export const allHeld = (each: readonly Rules[]): Rules =>
  each.find(({ kind }) => kind === 'broken') ?? each.find(({ kind }) => kind === 'unseen') ?? kept();

/** Steps that run no change of their own have no exit and no output to be held to. */
export const withoutChange = (_why: 'it only reads' | 'each service was judged by its own contract'): Kept => kept();

/** How it was held to them when all of its output was at hand, as the timeline keeps it. */
export const rulesAsKept = ({ kind, why }: RulesFact): Rules => (kind === 'kept' ? kept() : { kind, why });

const describeExit = (exit: Exclude<ExitFact, { kind: 'code' }>): string =>
  exit.kind === 'signal'
    ? `The command was ended by ${exit.signal}.`
    : exit.kind === 'timeout'
      ? `The command was stopped after ${Math.round(exit.afterMs / 1000)} s.`
      : 'Nobody saw how the command ended.';

/** The outcome `verified`, made of kept rules and a met post-condition and of nothing else. */
export type Verified = 'verified' & { readonly [seal]: true };

/** How a step may be said to have ended: every other outcome freely, `verified` only as proven. */
export type Ending = Exclude<Outcome, 'verified'> | Verified;

export const verified = (_rules: Kept, _proof: Met): Verified => 'verified' as Verified;
