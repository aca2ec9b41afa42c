/** One row per kind of event: what it does to the state. */
import { AFTER_HANDLERS } from './after-handlers.ts';
import { BRANCH_HANDLERS, branchDropped, branchEnded, forgetBranch, loginSeen } from './branch-handlers.ts';
import { ACTION_ITEM_HANDLERS } from './action-items.ts';
import { DATABASE_HANDLERS, forgetStep } from './database-handlers.ts';
import { checkSettles, checklistDeferred, fixForwardChosen, severityChanged } from './declare-handlers.ts';
import type { EventKind, PayloadOf } from './event.ts';
import { HANDOVER_HANDLERS } from './handover.ts';
import { PURGE_HANDLERS } from './purge.ts';
import { maintenanceChecked } from './maintenance.ts';
import { machinesChecked, machinesStopping } from './stopped-machines.ts';
import { REFERENCE_HANDLERS } from './reference-handlers.ts';
import { reopenServices, withService } from './system.ts';
import { watchReading } from './watch-reading.ts';
import {
  type IncidentState,
  type MessageState,
  NO_STEP,
  ownChanges,
  type RunState,
  type StepState,
  stepState,
} from './state.ts';

interface Happened<K extends EventKind> {
  readonly seq: number;
  readonly at: number;
  readonly occurredAt: number | null;
  readonly payload: PayloadOf<K>;
}
type Handlers = { readonly [K in EventKind]: (state: IncidentState, event: Happened<K>) => IncidentState };

const same = (state: IncidentState): IncidentState => state;

const withStep = (state: IncidentState, stepId: string, change: Partial<StepState>): IncidentState => ({
  ...state,
  steps: { ...state.steps, [stepId]: { ...(state.steps[stepId] ?? NO_STEP), ...change } },
});

function withRun(state: IncidentState, runId: string, change: Partial<RunState>): IncidentState {
  const run = state.runs.get(runId);
  return run === undefined ? state : { ...state, runs: state.runs.set(runId, { ...run, ...change }) };
}

function addRun(state: IncidentState, run: RunState): IncidentState {
  const step = stepState(state, run.stepId);
  const added = withStep(state, run.stepId, { runs: step.runs.push(run.runId) });
  const running = run.endedAt === null ? [...state.running, run.runId] : state.running;
  const next = { ...added, running, runs: added.runs.set(run.runId, run) };
  if (run.effect === 'read') return next;
  // A new change makes every earlier proof stale: the service is about to be something else.
  return {
    ...next,
    startedAt: state.startedAt ?? run.intendedAt,
    proofMetAt: null,
    effectiveAt: null,
    symptomGone: null,
  };
}

const effective = (state: IncidentState, at: number): IncidentState =>
  state.effectiveAt === null && state.proofMetAt !== null && state.symptomGone !== null
    ? { ...state, effectiveAt: at }
    : state;

const withMessage = (state: IncidentState, id: string, message: MessageState): IncidentState => ({
  ...state,
  messages: { ...state.messages, [id]: message },
});

const deviate = (state: IncidentState, at: number, what: string): IncidentState => ({
  ...state,
  deviations: [...state.deviations, { at, what }],
});

export const HANDLERS: Handlers = {
  'incident.declared': same,
  'severity.changed': (state, { payload }) => severityChanged(state, payload),
  'row.chosen': (state, { payload }) => ({ ...state, row: payload.row }),
  'fix-forward.chosen': (state, { at, payload }) => fixForwardChosen(state, at, payload),
  'checklist.deferred': (state, { payload }) => checklistDeferred(state, payload),
  'procedure.chosen': (state, { payload }) => ({
    ...branchDropped(state, null),
    procedureId: payload.procedureId,
    fixForward: null,
  }),
  'approval.recorded': (state, { at, payload }) => ({
    ...state,
    approvals: [...state.approvals, { ...payload, at, procedureId: state.procedureId }],
  }),
  'approval.bypassed': (state, { at, payload }) =>
    deviate(
      { ...state, bypass: { reason: payload.reason, at, procedureId: state.procedureId } },
      at,
      `Went on without approval: ${payload.reason}`,
    ),
  'debt.paid': (state, { at, payload }) => ({
    ...state,
    paid: { ...state.paid, [payload.debt]: { at, who: payload.who, how: payload.how } },
  }),
  'releases.read': (state, { payload }) => ({ ...state, releases: payload }),
  'release.chosen': (state, { payload }) => ({ ...state, choice: payload }),
  'service.releases-read': (state, { payload }) => withService(state, payload.service, { releases: payload }),
  'service.release-chosen': (state, { payload }) =>
    withService(state, payload.service, { choice: payload, leftOut: null, ended: null }),
  'service.left-out': (state, { at, payload }) =>
    deviate(
      withService(state, payload.service, { choice: null, leftOut: payload.reason }),
      at,
      `Left ${payload.service} as it is: ${payload.reason}`,
    ),
  'service.ended': (state, { at, payload }) => withService(state, payload.service, { ended: { ...payload, at } }),
  'releases.changed': (state, { payload }) =>
    withStep({ ...state, choice: null, releases: null }, payload.stepId, NO_STEP),
  'act.asked': (state, { at, payload }) => ({
    ...state,
    asked: { stepId: payload.stepId, what: payload.what, at },
    problem: null,
  }),
  'act.ended': (state, { payload }) => ({ ...state, asked: null, problem: payload.problem }),
  'run.intended': (state, { at, payload }) =>
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
  'run.started': (state, { at, payload }) =>
    withRun(state, payload.runId, {
      startedAt: at,
      pid: payload.pid,
      startTime: payload.startTime,
    }),
  'run.stop-asked': (state, { at, payload }) => withRun(state, payload.runId, { stopAsked: { how: payload.how, at } }),
  'run.ended': (state, { at, payload }) => {
    // When nobody saw the end, only the time until it was looked for is known.
    const durationMs = payload.exit.kind === 'lost' ? null : payload.durationMs;
    const next = withRun(state, payload.runId, { ...payload, durationMs, endedAt: at });
    const running = state.running.filter((runId) => runId !== payload.runId);
    return loginSeen({ ...next, running }, next.runs.get(payload.runId));
  },
  'run.by-hand': (state, { at, payload }) =>
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
  'command.copied': same,
  'proof.evaluated': (state, { at, payload }) => {
    const next = withStep(state, payload.stepId, { proof: { ...payload, at } });
    // Effective means proven: one that fails after it was effective takes that back. The symptom is asked for only once.
    if (!payload.met) return { ...next, proofMetAt: null, effectiveAt: null };
    return effective({ ...next, proofMetAt: state.proofMetAt ?? at }, at);
  },
  'machines.stopping': (state, { at, payload }) => machinesStopping(state, payload, at),
  'machines.checked': (state, { at, payload }) => {
    const next = machinesChecked(state, payload, at);
    return payload.what === 'start' && payload.met
      ? effective({ ...next, proofMetAt: next.proofMetAt ?? at }, at)
      : next;
  },
  'maintenance.checked': (state, { at, payload }) => {
    const next = maintenanceChecked(state, payload, at);
    // With users back the service is proven to serve them; whether the symptom is gone a person says.
    return payload.mode === 'off' && payload.met === true
      ? effective({ ...next, proofMetAt: next.proofMetAt ?? at }, at)
      : next;
  },
  'step.ended': (state, { at, payload }) => {
    const ended = withStep(state, payload.stepId, {
      outcome: payload.outcome,
      reason: payload.reason,
      observed: payload.observed,
      endedAt: at,
    });
    const next = branchEnded(ended, payload, at);
    if (payload.outcome === 'skipped') return deviate(next, at, `Skipped ${payload.stepId}: ${payload.reason}`);
    if (payload.outcome !== 'deferred') return next;
    const entry = { stepId: payload.stepId, reason: payload.reason, dueAt: payload.dueAt, settled: null };
    return { ...next, deferred: [...next.deferred.filter((d) => d.stepId !== payload.stepId), entry] };
  },
  'step.reopened': (state, { payload }) =>
    // Choosing anew means reading anew: an old list must not be picked from.
    withStep(
      reopenServices(
        state.releases?.stepId === payload.stepId
          ? { ...state, releases: null, choice: null }
          : forgetBranch(forgetStep(branchDropped(state, payload.stepId), payload.stepId), payload.stepId),
        payload.stepId,
      ),
      payload.stepId,
      { ...NO_STEP, reason: payload.reason },
    ),
  'check.ticked': (state, { at, payload }) =>
    withStep(checkSettles(state, payload), payload.stepId, {
      ticks: {
        ...stepState(state, payload.stepId).ticks,
        [payload.checkId]: { ticked: payload.ticked, observed: payload.observed, at },
      },
    }),
  'message.copied': (state, { at, payload }) => withMessage(state, payload.messageId, { last: 'copied', at, why: '' }),
  'message.posting': (state, { at, payload }) =>
    withMessage(state, payload.messageId, { last: 'posting', at, why: '' }),
  'message.failed': (state, { at, payload }) =>
    withMessage(state, payload.messageId, { last: 'failed', at, why: payload.why }),
  'message.sent': (state, { at, payload }) => ({
    ...withMessage(state, payload.messageId, { last: 'sent', at, why: '' }),
    sent: { ...state.sent, [payload.messageId]: { at, text: payload.text, where: payload.where } },
  }),
  'evidence.captured': (state, { at, payload }) => ({
    ...state,
    evidence: [...state.evidence, { kind: 'captured', at, ...payload }],
  }),
  'evidence.missing': (state, { at, payload }) => ({
    ...state,
    evidence: [...state.evidence, { kind: 'missing', at, ...payload }],
  }),
  'symptom.gone': (state, { at, payload }) => {
    const gone = { ...state, symptomGone: { at, observed: payload.observed } };
    // What was fixed forward has no post-condition of Rollbook's: a person's word is all there is.
    return state.fixForward === null ? effective(gone, at) : { ...gone, effectiveAt: state.effectiveAt ?? at };
  },
  'watch.started': (state, { at, payload }) => ({
    ...state,
    watch: { ...payload, startedAt: at, endedAt: null, completed: false, probes: 0, bad: 0, foreign: null, last: null },
  }),
  'watch.reading': watchReading,
  'release.foreign': (state, { payload }) => {
    if (state.watch === null) return state;
    const { service = '', version } = payload;
    const foreignOf = { ...state.watch.foreignOf, [service]: { version, ownChanges: ownChanges(state) } };
    return { ...state, watch: { ...state.watch, foreign: payload, foreignOf } };
  },
  'watch.ended': (state, { at, payload }) =>
    state.watch === null ? state : { ...state, watch: { ...state.watch, endedAt: at, completed: payload.completed } },
  'regression.found': (state) => ({ ...state, proofMetAt: null, symptomGone: null, effectiveAt: null }),
  'deferred.settled': (state, { payload }) => ({
    ...state,
    deferred: state.deferred.map((d) =>
      d.stepId === payload.what ? { ...d, settled: { how: payload.how, reason: payload.reason } } : d,
    ),
  }),
  // Whether it is starred it says itself.
  'note.added': same,
  'entry.starred': (state, { payload }) => ({
    ...state,
    starred: state.starred.set(payload.seq, payload.starred),
  }),
  'report.edited': (state, { payload }) => ({
    ...state,
    reportFields: { ...state.reportFields, [payload.field]: payload.text },
  }),
  'report.exported': same,
  'clock.jumped': (state, { payload }) =>
    payload.cause === 'set' && state.effectiveAt === null
      ? { ...state, clockSetMs: state.clockSetMs + payload.byMs }
      : state,
  'lease.taken': same,
  'runbook.switched': same,
  ...DATABASE_HANDLERS,
  ...AFTER_HANDLERS,
  ...BRANCH_HANDLERS,
  ...HANDOVER_HANDLERS,
  ...PURGE_HANDLERS,
  ...ACTION_ITEM_HANDLERS,
  ...REFERENCE_HANDLERS,
  'incident.resolved': (state, { at }) => ({ ...state, resolvedAt: at }),
  'incident.closed': (state, { at }) => ({ ...state, closedAt: at }),
};
