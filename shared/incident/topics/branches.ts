/** Branches out of a failed step, values given by a person, and logins. */
import type { BranchState } from './branches-state.ts';
import { durationText } from '#shared/words/duration.ts';
import type { PayloadOf } from '../event.ts';
import { LOGINS } from '#shared/platforms/logins.ts';
import { OUTCOME_MEANING } from '../step-outcomes.ts';
import { type IncidentState, NO_STEP, type RunState, stepState } from '../state.ts';
import { because, titleOf } from '../timeline-words.ts';
import { type Topic, always, attention, never, plain } from './topic.ts';

const known = (state: IncidentState, change: Partial<BranchState>): IncidentState => ({
  ...state,
  branches: { ...state.branches, ...change },
});

export const BRANCHES: Topic<
  | 'branch.taken'
  | 'branch.left'
  | 'values.given'
  | 'values.forgotten'
  | 'release.built'
  | 'sql.chosen'
  | 'restore.read'
  | 'restore.chosen'
  | 'login.opened'
  | 'login.ended'
> = {
  'branch.taken': {
    apply: (state, { payload }) => {
      const forgotten = forgetBranch(state, payload.branchId);
      const { steps } = forgotten;
      const next = known(forgotten, { taken: payload });
      // A branch that is taken again starts from its beginning.
      return { ...next, problem: null, steps: { ...steps, [payload.branchId]: NO_STEP } };
    },
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `Another way for "${titleOf(p.stepId, context)}": ${p.title}${because(p.why)}`,
  },
  'branch.left': {
    apply: (state) => ({ ...known(state, { taken: null }), problem: null }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Left "${p.title}"${because(p.reason)}`,
  },
  'values.given': {
    apply: (state, { payload: { stepId, values } }) =>
      known(state, {
        values: {
          ...state.branches.values,
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { stepId, value }])),
        },
      }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => {
      const each = Object.entries(p.values).map(([name, value]) => `${name} = ${value ?? '(secret, not kept)'}`);
      return `Given: ${each.join(', ')}`;
    },
  },
  'values.forgotten': {
    apply: (state, { payload: { names } }) =>
      known(state, {
        values: Object.fromEntries(Object.entries(state.branches.values).filter(([name]) => !names.includes(name))),
      }),
    source: 'app',
    starred: never,
    tone: plain,
    text: (p) => `Asked for again, because secrets are not stored: ${p.names.join(', ')}`,
  },
  'release.built': {
    apply: (state, { payload }) => known(state, { built: payload }),
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `The build made v${p.version} with ${p.image}`,
  },
  'sql.chosen': {
    apply: (state, { payload }) => known(state, { sql: payload }),
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `SQL file ${p.file} reviewed (sha256 ${p.sha256})`,
  },
  'restore.read': {
    apply: (state, { payload }) => known(state, { restore: payload, restoreTo: null }),
    source: 'app',
    starred: never,
    tone: (p) => (p.window === null ? 'attention' : 'plain'),
    text: (p) =>
      p.window === null
        ? `${p.project} cannot be restored to any moment${because(p.problem ?? '')}`
        : `${p.project} can be restored to any moment from ${utc(p.window.from)} to ${utc(p.window.until)}`,
  },
  'restore.chosen': {
    apply: (state, { at, payload }) => {
      const next = known(state, { restoreTo: payload });
      if (payload.approval !== null) return next;
      const what = `Restored the database without approval: ${payload.reason}`;
      return { ...next, deviations: [...state.deviations, { at, what }] };
    },
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) =>
      `Restore ${p.project} to ${utc(p.to)}: everything written in the ${durationText(p.lossMs)} since then is lost; ` +
      (p.approval === null
        ? `without approval${because(p.reason)}`
        : `approved by ${p.approval.who} (${p.approval.role}, ${p.approval.how})${because(p.approval.words)}`),
  },
  'login.opened': {
    apply: (state, { payload }) =>
      state.branches.login === null ? state : known(state, { login: { ...state.branches.login, opened: payload } }),
    source: 'app',
    starred: always,
    tone: attention,
    text: (p) =>
      p.terminal === null
        ? `The login of ${p.tool} has expired; no terminal could be opened, a person runs ${p.command}`
        : `The login of ${p.tool} has expired; ${p.command} opened in ${p.terminal}`,
  },
  'login.ended': {
    apply: (state, { at, payload }) => {
      const { login } = state.branches;
      if (login === null) return state;
      if (payload.who === null) return known(state, { login: null });
      const next = known(state, { login: null, renewedAt: at });
      // Nothing is run again automatically: the step is open again and offers its action.
      const step = stepState(next, login.stepId);
      const failed = step.outcome === 'failed';
      return {
        ...next,
        problem: null,
        steps: failed ? { ...next.steps, [login.stepId]: { ...NO_STEP, reason: 'the login was renewed' } } : next.steps,
      };
    },
    source: 'app',
    starred: always,
    tone: (p) => (p.who === null ? 'attention' : 'good'),
    text: (p) =>
      p.who === null
        ? `Stopped waiting for the login of ${p.tool}${because(p.reason)}`
        : `Logged in to ${p.tool} as ${p.who}`,
  },
};

/** Reopening a step or a branch drops what was given and read in it. */
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

/** The branch is left when another step is reopened or another procedure chosen. */
export const branchDropped = (state: IncidentState, reopened: string | null): IncidentState =>
  state.branches.taken === null || state.branches.taken.branchId === reopened ? state : known(state, { taken: null });

/** A branch that ended well is over; if it does the work of its step (`ends`), the step gets its outcome. */
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
        reason: `Done another way: ${taken.title}.`,
        observed: ended.observed,
        endedAt: at,
      }
    : { ...step, reason: `${step.reason} ${taken.title}: ${ended.outcome}.`.trim() };
  return { ...over, steps: { ...over.steps, [taken.stepId]: next } };
}

/** A run can show that a login has expired, or that it works again. */
export function loginSeen(state: IncidentState, run: RunState | undefined): IncidentState {
  if (run === undefined) return state;
  const tool = firstWord(run.template);
  const { login } = state.branches;
  if (run.explanation?.code === 'login-expired' && LOGINS[tool] !== undefined)
    return login === null ? known(state, { login: { tool, stepId: run.stepId, opened: null } }) : state;
  const works = login?.tool === tool && run.exit?.kind === 'code' && run.exit.code === 0;
  return works ? known(state, { login: null, renewedAt: run.endedAt }) : state;
}

const firstWord = (template: string): string => template.split(/\s/, 1)[0] ?? '';

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
