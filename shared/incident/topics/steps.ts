/** Steps: proven, ended, reopened, their checks, and deferred work. */
import type { PayloadOf } from '../event.ts';
import { OUTCOME_MEANING, type Outcome } from '../step-outcomes.ts';
import { type IncidentState, NO_STEP, stepState } from '../state.ts';
import { reopenServices } from '../services.ts';
import { because, checkText, provenText, titleOf } from '../timeline-words.ts';
import { branchDropped, branchEnded, forgetBranch } from './branches.ts';
import { forgetStep } from './database.ts';
import { contained, deviate, effective, notContained, withStep } from './state-changes.ts';
import { type Topic, always, attention, never, plain, ruleFound } from './topic.ts';

/** Outcomes that a person decided, not Rollbook. */
const PERSONS_OUTCOMES: readonly Outcome[] = ['confirmed', 'skipped', 'deferred', 'stopped'];

export const STEPS: Topic<'proof.evaluated' | 'step.ended' | 'step.reopened' | 'check.ticked' | 'deferred.settled'> = {
  'proof.evaluated': {
    apply: (state, { at, payload }) => {
      const next = withStep(state, payload.stepId, { proof: { ...payload, at } });
      // A failed proof takes "effective" back. The symptom's confirmation is kept.
      if (!payload.met) return { ...next, proofMetAt: null, effectiveAt: null };
      return effective({ ...next, proofMetAt: state.proofMetAt ?? at }, at);
    },
    source: 'app',
    starred: always,
    tone: (p) => (p.met ? 'good' : 'bad'),
    text: provenText,
    report: { findings: (p) => p.findings.map(ruleFound) },
  },
  'step.ended': {
    apply: (state, { at, payload }) => {
      const ended = withStep(state, payload.stepId, {
        outcome: payload.outcome,
        reason: payload.reason,
        observed: payload.observed,
        endedAt: at,
      });
      const next = writesStopped(branchEnded(ended, payload, at), payload, at);
      if (payload.outcome === 'skipped') return deviate(next, at, `Skipped ${payload.stepId}: ${payload.reason}`);
      if (payload.outcome !== 'deferred') return next;
      const entry = { stepId: payload.stepId, reason: payload.reason, dueAt: payload.dueAt, settled: null };
      return { ...next, deferred: [...next.deferred.filter((d) => d.stepId !== payload.stepId), entry] };
    },
    source: (p) => (PERSONS_OUTCOMES.includes(p.outcome) ? 'person' : 'app'),
    starred: (p) => p.outcome === 'skipped' || ['open', 'bad'].includes(OUTCOME_MEANING[p.outcome].provenance),
    tone: (p) => {
      if (p.outcome === 'verified') return 'good';
      const { provenance } = OUTCOME_MEANING[p.outcome];
      if (provenance === 'bad') return 'bad';
      return provenance === 'open' || p.outcome === 'skipped' ? 'attention' : 'plain';
    },
    text: (p, context) =>
      `Step "${titleOf(p.stepId, context)}" ${p.outcome}${because(p.reason)}${p.observed ? `, observed: ${p.observed}` : ''}`,
    report: { deviates: (p) => p.outcome === 'skipped' },
  },
  'step.reopened': {
    apply: (state, { payload }) =>
      // Choosing again means reading again: nobody may choose from an old list.
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
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `Step "${titleOf(p.stepId, context)}" reopened${because(p.reason)}`,
    report: { deviates: always },
  },
  'check.ticked': {
    apply: (state, { at, payload }) =>
      withStep(checkSettles(state, payload), payload.stepId, {
        ticks: {
          ...stepState(state, payload.stepId).ticks,
          [payload.checkId]: { ticked: payload.ticked, observed: payload.observed, at },
        },
      }),
    source: 'person',
    starred: never,
    tone: (p) => (!p.ticked && p.observed ? 'attention' : 'plain'),
    text: (p, context) =>
      `${p.ticked ? 'Checked' : p.observed ? 'Answered no' : 'Unchecked'}: ${checkText(p.stepId, p.checkId, context)}${p.observed ? `, observed: ${p.observed}` : ''}`,
  },
  'deferred.settled': {
    apply: (state, { payload }) => ({
      ...state,
      deferred: state.deferred.map((d) =>
        d.stepId === payload.what ? { ...d, settled: { how: payload.how, reason: payload.reason } } : d,
      ),
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Deferred item "${titleOf(p.what, context)}" ${p.how}${because(p.reason)}`,
  },
};

/** The id of a step that says it stops the writes: "database-rollback/stop-the-writes". */
const STOPS_WRITES = /\b(?:stop|block|freeze|halt)-(?:\w+-)*(?:writes?|writers|writing)\b/i;

function writesStopped(state: IncidentState, { stepId, outcome }: PayloadOf<'step.ended'>, at: number): IncidentState {
  if (!STOPS_WRITES.test(stepId)) return state;
  return ['verified', 'confirmed'].includes(outcome) ? contained(state, 'writes', at) : notContained(state, 'writes');
}

/** Ticking a deferred item settles it as done; unticking it opens it again. */
function checkSettles(state: IncidentState, payload: PayloadOf<'check.ticked'>): IncidentState {
  const { stepId, checkId, ticked, observed } = payload;
  if (!state.deferred.some((item) => item.stepId === checkId && item.checklistId === stepId)) return state;
  const settled = ticked ? ({ how: 'done', reason: observed } as const) : null;
  return {
    ...state,
    deferred: state.deferred.map((item) => (item.stepId === checkId ? { ...item, settled } : item)),
  };
}
