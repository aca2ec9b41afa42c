/** The incident itself: declared, severity and way changed, taken over, resolved, closed. */
import { count } from '../../words/count.ts';
import { durationText } from '#shared/words/duration.ts';
import type { PayloadOf } from '../event.ts';
import { mayFixForward } from '../matrix-row.ts';
import type { Deferred, IncidentState } from '../state.ts';
import { because, procedureTitle } from '../timeline-words.ts';
import { branchDropped } from './branches.ts';
import { type Topic, always, attention, never, plain, same } from './topic.ts';

export const INCIDENT: Topic<
  | 'incident.declared'
  | 'severity.changed'
  | 'row.chosen'
  | 'fix-forward.chosen'
  | 'procedure.chosen'
  | 'checklist.deferred'
  | 'runbook.switched'
  | 'lease.taken'
  | 'clock.jumped'
  | 'incident.resolved'
  | 'incident.closed'
> = {
  'incident.declared': {
    apply: same,
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) =>
      `${p.kind === 'drill' ? 'Drill' : 'Incident'} declared as ${p.severity}${p.service === '' ? '' : ` for ${p.service}`}${because(p.row?.condition ?? p.symptom)}`,
  },
  'severity.changed': {
    apply: (state, { payload }) => severityChanged(state, payload),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Severity changed from ${p.from} to ${p.to}${because(p.reason)}`,
  },
  'row.chosen': {
    apply: (state, { payload }) => ({ ...state, row: payload.row }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Matrix row: ${p.row.condition}, target ${p.row.targetText}${because(p.reason)}`,
  },
  'fix-forward.chosen': {
    apply: (state, { at, payload }) => fixForwardChosen(state, at, payload),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Fix forward: nothing is rolled back${because(p.reason)}`,
  },
  'procedure.chosen': {
    apply: (state, { payload }) => ({
      ...branchDropped(state, null),
      procedureId: payload.procedureId,
      fixForward: null,
    }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p, context) =>
      `Procedure chosen: ${procedureTitle(p.procedureId, context)}${p.reason ? ` (${p.reason})` : ''}`,
  },
  'checklist.deferred': {
    apply: (state, { payload }) => checklistDeferred(state, payload),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, { runbook }) => {
      const title = runbook.checklists.find(({ id }) => id === p.checklistId)?.title ?? p.checklistId;
      return `${title}: ${count(p.items.length, 'item')} deferred${because(p.reason)}`;
    },
  },
  'runbook.switched': {
    apply: same,
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Runbook changed to "${p.title}" (${p.hash.slice(0, 12)})`,
    report: { deviates: always },
  },
  'lease.taken': {
    apply: same,
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Taken over from another window${because(p.reason)}`,
    report: { handsOff: true },
  },
  'clock.jumped': {
    apply: (state, { payload }) =>
      payload.cause === 'set' && state.effectiveAt === null
        ? { ...state, clockSetMs: state.clockSetMs + payload.byMs }
        : state,
    source: 'app',
    starred: never,
    tone: attention,
    text: (p) =>
      p.cause === 'sleep'
        ? `The machine slept for ${durationText(p.byMs)}`
        : `The machine's clock was set by ${durationText(p.byMs)}`,
    keepsIntentsValid: true,
  },
  'incident.resolved': {
    apply: (state, { at, payload }) => ({ ...state, resolvedAt: at, resolvedAs: payload.summary }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Resolved${because(p.summary)}`,
  },
  'incident.closed': {
    apply: (state, { at }) => ({ ...state, closedAt: at }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Closed${because(p.summary)}`,
  },
};

/** Raising the severity to P0 or P1 ends fixing forward. */
const severityChanged = (state: IncidentState, { to }: PayloadOf<'severity.changed'>): IncidentState => ({
  ...state,
  severity: to,
  fixForward: mayFixForward(to) ? state.fixForward : null,
});

const fixForwardChosen = (
  state: IncidentState,
  at: number,
  { reason }: PayloadOf<'fix-forward.chosen'>,
): IncidentState => ({ ...state, procedureId: null, fixForward: { at, reason } });

function checklistDeferred(state: IncidentState, payload: PayloadOf<'checklist.deferred'>): IncidentState {
  const { checklistId, items, reason, dueAt } = payload;
  const parked = items.map((stepId): Deferred => ({ stepId, reason, dueAt, settled: null, checklistId }));
  return { ...state, deferred: [...state.deferred.filter(({ stepId }) => !items.includes(stepId)), ...parked] };
}
