/**
 * What was looked at after a change, and what it came to. The one way to `verified` leads through here: the word is a
 * type that only a met post-condition can be turned into, so a step that nothing looked at cannot be called verified.
 */
import type { Outcome } from './outcome.ts';

/** One thing that was looked at. */
export interface Look {
  readonly rule: string;
  readonly met: boolean;
  readonly detail: string;
}

/** Never exported, so that nothing outside this file can be written to have it. */
declare const seal: unique symbol;

/** Something was looked at, and all of it is as it has to be. Only `postCondition` makes one. */
export interface Met {
  readonly kind: 'met';
  readonly looks: readonly [Look, ...Look[]];
  readonly [seal]: true;
}

export interface Unmet {
  readonly kind: 'unmet';
  readonly why: string;
}

/** What looking at a step's post-condition came to. `unknown`: it could not be looked at. `nothing`: the step has none. */
export type Proven = Met | Unmet | { readonly kind: 'unknown' | 'nothing'; readonly why: string };

/** The outcome `verified`, made of a met post-condition and of nothing else. */
export type Verified = 'verified' & { readonly [seal]: true };

/** How a step may be said to have ended: every other outcome freely, `verified` only as proven. */
export type Ending = Exclude<Outcome, 'verified'> | Verified;

/** Nothing looked at is never met (product rule 4). */
export function postCondition(looks: readonly Look[]): Met | Unmet {
  const [first, ...more] = looks;
  if (first === undefined) return { kind: 'unmet', why: 'Nothing was looked at.' };
  const wrong = looks.filter(({ met }) => !met);
  if (wrong.length > 0) return { kind: 'unmet', why: wrong.map(({ detail }) => detail).join(' ') };
  return { kind: 'met', looks: [first, ...more] } satisfies Omit<Met, typeof seal> as unknown as Met;
}

export const verified = (_proof: Met): Verified => 'verified' as Verified;
