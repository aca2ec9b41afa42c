/**
 * The pre-rollback checklist of a runbook. In a P0 it can be deferred with one key and never blocks; below P0 it comes
 * first. Each item shows what Rollbook already knows about it, and a person ticks it.
 */
import type { Check, Checklist, Message, Runbook } from '../runbook/model.ts';
import { approvalNeed } from './approval-policy.ts';
import { durationText } from '#shared/words/duration.ts';
import { type Deferred, type IncidentState, type StepState, stepState } from './state.ts';

/** Titles of such a checklist: "Pre-rollback checklist", "Before you roll back". */
const BEFORE = /\b(pre[- ]?(rollback|roll back|deploy\w*|flight)|before\b.*\b(roll|revert|deploy|start|begin|act))/i;

const checklistBefore = (runbook: Runbook): Checklist | null =>
  runbook.checklists.find(({ title }) => BEFORE.test(title)) ?? null;

export interface ChecklistItem {
  readonly check: Check;
  readonly tick: StepState['ticks'][string] | null;
  readonly deferred: Deferred | null;
  /** Neither ticked nor deferred. */
  readonly open: boolean;
  /** The messages that stand in this item. */
  readonly messages: readonly Message[];
  /** Known facts, prefilled when it is ticked; '' without any. */
  readonly known: string;
  /** The item asks for an approval. */
  readonly isApproval: boolean;
}

export interface ChecklistStanding {
  readonly checklist: Checklist;
  readonly items: readonly ChecklistItem[];
  readonly open: number;
}

/** null: the runbook has no such checklist. */
export function checklistStanding(state: IncidentState, runbook: Runbook): ChecklistStanding | null {
  const checklist = checklistBefore(runbook);
  if (checklist === null) return null;
  const { ticks } = stepState(state, checklist.id);
  const items = checklist.items.map((check): ChecklistItem => {
    const tick = ticks[check.id]?.ticked === true ? (ticks[check.id] ?? null) : null;
    const deferred = state.deferred.find(({ stepId }) => stepId === check.id) ?? null;
    const messages = runbook.messages.filter((message) => isWithin(message, check));
    const isApproval = /\b(approv|authori[sz])/i.test(check.text);
    const known = knownOf(state, runbook, { check, messages, isApproval });
    return { check, tick, deferred, open: tick === null && deferred === null, messages, known, isApproval };
  });
  return { checklist, items, open: items.filter(({ open }) => open).length };
}

/**
 * Below P0 the checklist comes before the first step, until each item is ticked or deferred. It never blocks a
 * started rollback.
 */
export const isChecklistFirst = (state: IncidentState, runbook: Runbook): boolean =>
  state.severity !== 'P0' && state.startedAt === null && (checklistStanding(state, runbook)?.open ?? 0) > 0;

/** Items still open once a rollback was started, so that none is forgotten afterwards. */
export const openAfterStart = (state: IncidentState, runbook: Runbook): readonly ChecklistItem[] =>
  state.startedAt === null ? [] : (checklistStanding(state, runbook)?.items ?? []).filter(({ open }) => open);

/** The name of a step or checklist item: the step's title, or the check's text. */
export function deferredTitle(id: string, runbook: Runbook): string {
  const step = runbook.procedures.flatMap(({ steps }) => steps).find((each) => each.id === id);
  const check = runbook.checklists.flatMap(({ items }) => items).find((each) => each.id === id);
  return step?.title ?? check?.text ?? id;
}

const isWithin = (inner: Message, outer: Check): boolean => inner.start >= outer.start && inner.end <= outer.end;

function knownOf(
  state: IncidentState,
  runbook: Runbook,
  { check, messages, isApproval }: Pick<ChecklistItem, 'check' | 'messages' | 'isApproval'>,
): string {
  if (isApproval) return approvalKnown(state, runbook);
  const sent = messages.flatMap(({ id }) => (state.sent[id] === undefined ? [] : [state.sent[id]]));
  if (messages.length > 0) return sent.map(({ where }) => `sent to ${where}`).join(', ');
  if (/\b(captur|evidence|current state)/i.test(check.text)) return evidenceKnown(state);
  if (/\b(identify|problem|what is failing)/i.test(check.text)) {
    const before = Math.max(0, state.declaredAt - state.declared.detectedAt);
    return `${state.declared.symptom.replace(/[.\s]+$/, '')}, detected ${durationText(before)} before it was declared`;
  }
  return '';
}

const ROLE = { anyone: 'anyone', 'team-lead': 'the team lead', manager: 'the manager' } as const;

function approvalKnown(state: IncidentState, runbook: Runbook): string {
  const need = approvalNeed(state, runbook);
  const last = state.approvals.findLast(({ procedureId }) => procedureId === state.procedureId);
  switch (need.standing) {
    case 'given':
      return last === undefined ? '' : `${last.who} (${last.role}, ${last.how})${last.words ? `: ${last.words}` : ''}`;
    case 'bypassed':
      return 'going on without approval; the approver must be told';
    case 'not-needed':
      return `nobody has to be asked${need.tellAfterwards === null ? '' : `; tell ${need.tellAfterwards} afterwards`}`;
    case 'needed':
      return `needed: ${ROLE[need.approver]}`;
  }
}

/** `2 captured, 1 partial, 1 missing`: every piece is counted once; '' without evidence. */
export function evidenceKnown({ evidence }: IncidentState): string {
  if (evidence.length === 0) return '';
  const captured = evidence.filter((each) => each.kind === 'captured');
  const partial = captured.filter((each) => each.kind === 'captured' && each.partial).length;
  const missing = evidence.length - captured.length;
  const parts = [
    ...(captured.length > partial ? [`${captured.length - partial} captured`] : []),
    ...(partial > 0 ? [`${partial} partial`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
  ];
  return parts.join(', ');
}

const NO = /^(?:no|n|nope|false|not (?:yet|true|done|so|ok|okay))(?:[,:;].*|\s+[–—-]\s.*|[.!]*)$/is;

/**
 * Whether an answer to "what do you see" only says no, with or without a reason after a comma: it must not tick or confirm
 * anything. "No errors in the logs" is an observation.
 */
export const saysNo = (observed: string): boolean => NO.test(observed.trim());
