/** Commands: asked for, run, stopped, ended, or run by hand. */
import { durationText } from '#shared/words/duration.ts';
import { tookProofBack } from '../proof-taken-back.ts';
import { type IncidentState, type RunState, stepState } from '../state.ts';
import { because, changes, commandOf, exitText, processText, succeeded, titleOf } from '../timeline-words.ts';
import { loginSeen } from './branches.ts';
import { withStep } from './state-changes.ts';
import { type Topic, always, attention, never, plain, same } from './topic.ts';

const ASKED = { reads: 'Read-only commands', change: 'The change', proof: 'The post-condition' } as const;

export const RUNS: Topic<
  | 'act.asked'
  | 'act.ended'
  | 'run.intended'
  | 'run.started'
  | 'run.stop-asked'
  | 'run.ended'
  | 'run.by-hand'
  | 'command.copied'
> = {
  'act.asked': {
    apply: (state, { at, payload }) => ({
      ...state,
      asked: { stepId: payload.stepId, what: payload.what, at },
      problem: null,
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `${ASKED[p.what]} of "${titleOf(p.stepId, context)}" requested`,
  },
  'act.ended': {
    apply: (state, { payload }) => ({ ...state, asked: null, problem: payload.problem }),
    source: 'app',
    starred: (p) => p.problem !== null,
    tone: (p) => (p.problem === null ? 'plain' : 'bad'),
    text: ({ stepId, problem }, context) => {
      if (problem === null) return `The action in "${titleOf(stepId, context)}" finished`;
      // This message already says what was interrupted.
      if (problem.code === 'interrupted') return problem.message;
      return `"${titleOf(stepId, context)}" could not be done: ${problem.message}`;
    },
  },
  'run.intended': {
    apply: (state, { at, payload }) =>
      addRun(state, {
        ...payload,
        byHand: false,
        intendedAt: at,
        startedAt: null,
        pid: null,
        startTime: null,
        stopAsked: null,
        endedAt: null,
        exit: null,
        durationMs: null,
        output: null,
        excerpt: '',
        explanation: null,
      }),
    source: 'app',
    starred: (p, context) => tookProofBack(context.state.runs.get(p.runId)),
    tone: plain,
    text: (p, { state }) =>
      `About to run ${p.shown}${tookProofBack(state.runs.get(p.runId)) ? '. A new change takes the earlier proof back: the mitigation clock runs on until the post-condition is met again' : ''}`,
  },
  'run.started': {
    apply: (state, { at, payload }) =>
      withRun(state, payload.runId, {
        startedAt: at,
        pid: payload.pid,
        startTime: payload.startTime,
      }),
    source: 'app',
    starred: (p, context) => changes(p.runId, context),
    tone: plain,
    text: (p, context) => `Started ${commandOf(p.runId, context)} (${processText(p.pid, context)})`,
    keepsIntentsValid: true,
  },
  'run.stop-asked': {
    apply: (state, { at, payload }) => withRun(state, payload.runId, { stopAsked: { how: payload.how, at } }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `${p.how === 'kill' ? 'Kill' : 'Interrupt'} requested for ${commandOf(p.runId, context)}`,
  },
  'run.ended': {
    apply: (state, { at, payload }) => {
      if (payload.notStarted !== undefined) return withoutRun(state, payload.runId);
      // When nobody saw it end, its duration is unknown.
      const durationMs = payload.exit.kind === 'lost' ? null : payload.durationMs;
      const next = withRun(state, payload.runId, { ...payload, durationMs, endedAt: at });
      const running = state.running.filter((runId) => runId !== payload.runId);
      return loginSeen({ ...next, running }, next.runs.get(payload.runId));
    },
    source: 'app',
    starred: (p, context) => changes(p.runId, context),
    // Exit code 0 proves nothing: only a met post-condition is good.
    tone: (p) => (succeeded(p.exit) ? 'plain' : 'bad'),
    text: (p, context) =>
      p.notStarted !== undefined
        ? `Not started: ${p.notStarted.shown}${because(p.notStarted.why)}`
        : `${commandOf(p.runId, context)} ${p.exit.kind === 'lost' ? '' : `ended after ${durationText(p.durationMs)}, `}${exitText(p.exit)}` +
          because(p.explanation?.sentence ?? ''),
  },
  'run.by-hand': {
    apply: (state, { at, payload }) =>
      addRun(state, {
        ...payload,
        template: payload.shown,
        byHand: true,
        binary: '',
        toolVersion: '',
        usualMs: null,
        intendedAt: at,
        startedAt: at,
        pid: null,
        startTime: null,
        stopAsked: null,
        endedAt: at,
        exit: { kind: 'code', code: payload.exitCode },
        durationMs: null,
        output: null,
        explanation: null,
      }),
    source: 'person',
    starred: (p) => p.effect === 'change',
    tone: (p) => (p.exitCode === 0 ? 'attention' : 'bad'),
    text: (p) => `Run by hand: ${p.shown}, exit code ${p.exitCode} as reported`,
    report: { deviates: always, timeIsManual: true },
  },
  'command.copied': {
    apply: same,
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Command of "${titleOf(p.stepId, context)}" copied`,
    keepsIntentsValid: true,
  },
};

function withRun(state: IncidentState, runId: string, change: Partial<RunState>): IncidentState {
  const run = state.runs.get(runId);
  return run === undefined ? state : { ...state, runs: state.runs.set(runId, { ...run, ...change }) };
}

/** As if it had never been intended: nothing was done, so nothing is owed and no proof is void; unless another change came after it. */
function withoutRun(state: IncidentState, runId: string): IncidentState {
  const run = state.runs.get(runId);
  if (run === undefined) return state;
  const runs = stepState(state, run.stepId).runs.filter((id) => id !== runId);
  const running = state.running.filter((id) => id !== runId);
  const others = state.runs.delete(runId);
  const isLast = !others.some(({ effect, intendedAt }) => effect === 'change' && intendedAt >= run.intendedAt);
  return { ...withStep(state, run.stepId, { runs }), ...(isLast ? run.before : {}), running, runs: others };
}

function addRun(state: IncidentState, run: RunState): IncidentState {
  const step = stepState(state, run.stepId);
  const added = withStep(state, run.stepId, { runs: step.runs.push(run.runId) });
  const running = run.endedAt === null ? [...state.running, run.runId] : state.running;
  if (run.effect === 'read') return { ...added, running, runs: added.runs.set(run.runId, run) };
  const { startedAt, proofMetAt, effectiveAt, symptomGone } = state;
  const before = { startedAt, proofMetAt, effectiveAt, symptomGone };
  const next = { ...added, running, runs: added.runs.set(run.runId, { ...run, before }) };
  // A new change invalidates every earlier proof.
  return {
    ...next,
    startedAt: state.startedAt ?? run.intendedAt,
    proofMetAt: null,
    effectiveAt: null,
    symptomGone: null,
  };
}
