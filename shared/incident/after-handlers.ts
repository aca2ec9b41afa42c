/** What the events around and after a rollback do to the state; rows of reduce-handlers.ts. */
import { List } from 'immutable';
import type { AFTER_SCHEMAS } from './after-events.ts';
import type { AfterState } from './after-state.ts';
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';
import { watchSampled } from './watch-reading.ts';

type Kind = keyof typeof AFTER_SCHEMAS;

type Handlers = {
  readonly [K in Kind]: (
    state: IncidentState,
    event: { readonly at: number; readonly payload: PayloadOf<K> },
  ) => IncidentState;
};

const known = (state: IncidentState, change: Partial<AfterState>): IncidentState => ({
  ...state,
  after: { ...state.after, ...change },
});

export const AFTER_HANDLERS: Handlers = {
  'probe.sampled': (state, { payload }) => {
    const { purpose, target, samples } = payload;
    const { watched, symptom } = state.after;
    if (purpose === 'symptom') return known(state, { symptom: symptom.push(...samples) });
    const next = known(state, { watched: { ...watched, [target]: (watched[target] ?? List()).push(...samples) } });
    return { ...next, watch: watchSampled(state.watch, payload) };
  },
  'checkpoint.asked': (state, { payload: { minute } }) =>
    state.watch === null ? state : { ...state, watch: { ...state.watch, asking: minute, asked: minute } },
  'checkpoint.answered': (state) =>
    state.watch === null ? state : { ...state, watch: { ...state.watch, asking: null } },
  'rollout.seen': (state, { at, payload }) =>
    known(state, { rollouts: { ...state.after.rollouts, [payload.service]: { ...payload, at } } }),
  'post-condition.seen': (state, { at, payload }) => known(state, { look: { ...payload, at } }),
  'changes.read': (state, { payload }) =>
    known(state, { changes: { ...state.after.changes, [payload.service]: payload } }),
  'follow-up.settled': (state, { at, payload }) =>
    known(state, {
      followUps: {
        ...state.after.followUps,
        [payload.itemId]: { how: payload.how, reason: payload.reason, at },
      },
    }),
};
