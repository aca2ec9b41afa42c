/** The state of probes, rollouts, changes and follow-ups, around and after a rollback. */
import { List } from 'immutable';
import type { Sample } from './watch-events.ts';
import type { PayloadOf } from '../event.ts';

export interface AfterState {
  /** By the watched service. Those of a later watch follow those of an earlier one. */
  readonly watched: Readonly<Record<string, List<Sample>>>;
  readonly symptom: List<Sample>;
  /** The newest look at the machines, by service. */
  readonly rollouts: Readonly<Record<string, PayloadOf<'rollout.seen'> & { readonly at: number }>>;
  /** The newest look at the post-condition beside a slow change. */
  readonly look: (PayloadOf<'post-condition.seen'> & { readonly at: number }) | null;
  /** By service, for the release that is chosen there now. */
  readonly changes: Readonly<Record<string, PayloadOf<'changes.read'>>>;
  readonly followUps: Readonly<
    Record<string, { readonly how: 'done' | 'waived'; readonly reason: string; readonly at: number }>
  >;
}

export const NOTHING_AFTER: AfterState = {
  watched: {},
  symptom: List(),
  rollouts: {},
  look: null,
  changes: {},
  followUps: {},
};
