/** What was looked at after a change, and what it came to: a third of its contract (contract.ts). */

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

/** Nothing looked at is never met (product rule 4). */
export function postCondition(looks: readonly Look[]): Met | Unmet {
  const [first, ...more] = looks;
  if (first === undefined) return { kind: 'unmet', why: 'Nothing was looked at.' };
  const wrong = looks.filter(({ met }) => !met);
  if (wrong.length > 0) return { kind: 'unmet', why: wrong.map(({ detail }) => detail).join(' ') };
  return { kind: 'met', looks: [first, ...more] } satisfies Omit<Met, typeof seal> as unknown as Met;
}
