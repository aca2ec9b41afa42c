/** What the events of branches, values and logins do to the state; rows of reduce-handlers.ts. */
import type { BRANCH_SCHEMAS } from './branch-events.ts';
import type { BranchState } from './branch-state.ts';
import type { PayloadOf } from './event.ts';
import { LOGINS } from './logins.ts';
import { OUTCOME_MEANING } from './outcome.ts';
import { type IncidentState, NO_STEP, type RunState, stepState } from './state.ts';

type BranchKind = keyof typeof BRANCH_SCHEMAS;

type Handlers = {
  readonly [K in BranchKind]: (
    state: IncidentState,
    event: { readonly at: number; readonly payload: PayloadOf<K> },
  ) => IncidentState;
};

const known = (state: IncidentState, change: Partial<BranchState>): IncidentState => ({
  ...state,
  branches: { ...state.branches, ...change },
});

export const BRANCH_HANDLERS: Handlers = {
  'branch.taken': (state, { payload }) => {
    const forgotten = forgetBranch(state, payload.branchId);
    const { steps } = forgotten;
    const next = known(forgotten, { taken: payload });
    // Taken a second time it begins at its beginning.
    return { ...next, problem: null, steps: { ...steps, [payload.branchId]: NO_STEP } };
  },
  'branch.left': (state) => ({ ...known(state, { taken: null }), problem: null }),
  'values.given': (state, { payload: { stepId, values } }) =>
    known(state, {
      values: {
        ...state.branches.values,
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { stepId, value }])),
      },
    }),
  'values.forgotten': (state, { payload: { names } }) =>
    known(state, {
      values: Object.fromEntries(Object.entries(state.branches.values).filter(([name]) => !names.includes(name))),
    }),
  'release.built': (state, { payload }) => known(state, { built: payload }),
  'sql.chosen': (state, { payload }) => known(state, { sql: payload }),
  'restore.read': (state, { payload }) => known(state, { restore: payload, restoreTo: null }),
  'restore.chosen': (state, { at, payload }) => {
    const next = known(state, { restoreTo: payload });
    if (payload.approval !== null) return next;
    const what = `Restored the database without approval: ${payload.reason}`;
    return { ...next, deviations: [...state.deviations, { at, what }] };
  },
  'login.opened': (state, { payload }) =>
    state.branches.login === null ? state : known(state, { login: { ...state.branches.login, opened: payload } }),
  'login.ended': (state, { at, payload }) => {
    const { login } = state.branches;
    if (login === null) return state;
    if (payload.who === null) return known(state, { login: null });
    const next = known(state, { login: null, renewedAt: at });
    // Nothing is run again by itself: the step stands where it stood, and its action is offered.
    const step = stepState(next, login.stepId);
    const failed = step.outcome === 'failed';
    return {
      ...next,
      problem: null,
      steps: failed ? { ...next.steps, [login.stepId]: { ...NO_STEP, reason: 'the login was renewed' } } : next.steps,
    };
  },
};

/** Taking a branch (or its step) up again forgets what was given and learnt in it. */
export function forgetBranch(state: IncidentState, stepId: string): IncidentState {
  const { values, built, sql, restore, restoreTo } = state.branches;
  const own = <T extends { readonly stepId: string }>(part: T | null): T | null =>
    part?.stepId === stepId ? null : part;
  return known(state, {
    values: Object.fromEntries(Object.entries(values).filter(([, each]) => each.stepId !== stepId)),
    built: own(built),
    sql: own(sql),
    restore: own(restore),
    restoreTo: own(restoreTo),
  });
}

/** Another step is taken up, or another procedure: the branch is left with the step it was for. */
export const branchDropped = (state: IncidentState, reopened: string | null): IncidentState =>
  state.branches.taken === null || state.branches.taken.branchId === reopened ? state : known(state, { taken: null });

/** A branch that came to a good end is over, and with it, where it does the same work, the step it was taken for. */
export function branchEnded(state: IncidentState, ended: PayloadOf<'step.ended'>, at: number): IncidentState {
  const { taken } = state.branches;
  if (taken === null || taken.branchId !== ended.stepId || !OUTCOME_MEANING[ended.outcome].goesOn) return state;
  const over = known(state, { taken: null });
  const step = stepState(over, taken.stepId);
  const does = taken.ends && (ended.outcome === 'verified' || ended.outcome === 'confirmed');
  const next = does
    ? {
        ...step,
        outcome: ended.outcome,
        reason: `By another way: ${taken.title}.`,
        observed: ended.observed,
        endedAt: at,
      }
    : { ...step, reason: `${step.reason} ${taken.title}: ${ended.outcome}.`.trim() };
  return { ...over, steps: { ...over.steps, [taken.stepId]: next } };
}

/** What a run tells of a login: it has expired, or works again. */
export function loginSeen(state: IncidentState, run: RunState | undefined): IncidentState {
  if (run === undefined) return state;
  const tool = toolOf(run.template);
  const { login } = state.branches;
  if (run.explanation?.code === 'login-expired' && LOGINS[tool] !== undefined)
    return login === null ? known(state, { login: { tool, stepId: run.stepId, opened: null } }) : state;
  const works = login?.tool === tool && run.exit?.kind === 'code' && run.exit.code === 0;
  return works ? known(state, { login: null, renewedAt: run.endedAt }) : state;
}

const toolOf = (template: string): string => template.split(/\s/, 1)[0] ?? '';
