/**
 * Intents that only record something: approvals, ticks, notes, messages, ends of steps and incidents. They have no
 * effect.
 */
import { count } from '#shared/words/count.ts';
import { bypassTarget } from '#shared/incident/bypass-target.ts';
import { isEndTyped } from '#shared/platforms/postgres/target.ts';
import { openAfterStart, saysNo, deferredTitle } from '#shared/incident/checklist.ts';
import type { Draft } from '#shared/incident/event.ts';
import { followUps, isOpen } from '#shared/incident/follow-ups.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { currentStep } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import { isWebAddress } from '#shared/words/web-address.ts';
import type { Step } from '#shared/runbook/model.ts';
import { askingProcedures } from '#shared/runbook/symptom-step.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { nothingProves } from '#core/engine/action.ts';
import { type Act, type IncidentContext, mustBeIdle, refuse, stepOf } from '#core/engine/incident-context.ts';
import { mustBeFilledIn } from './communication.ts';

type Handled = Extract<
  Intent['kind'],
  | 'choose-procedure'
  | 'record-approval'
  | 'proceed-without-approval'
  | 'pay-debt'
  | 'copied-command'
  | 'tick'
  | 'confirm-step'
  | 'skip-step'
  | 'defer-step'
  | 'reopen-step'
  | 'confirm-symptom-gone'
  | 'symptom-remains'
  | 'copied-message'
  | 'sent-message'
  | 'settle-deferred'
  | 'note'
  | 'star'
  | 'edit-report'
  | 'set-action-item'
  | 'remove-action-item'
  | 'resolve'
  | 'close'
>;

const say = (...drafts: Draft[]) => ({ drafts });

const ended = (
  stepId: string,
  outcome: 'confirmed' | 'skipped' | 'deferred' | 'failed',
  reason: string,
  observed: string | null = null,
  dueAt: number | null = null,
): Draft => ({ kind: 'step.ended', payload: { stepId, outcome, reason, observed, dueAt } });

export const DECISION_HANDLERS: { readonly [K in Handled]: Act<K> } = {
  'choose-procedure': (context, { procedureId, reason }) => {
    mustBeIdle(context.eventLog.state);
    if (!context.runbook.procedures.some(({ id }) => id === procedureId)) {
      throw refuse(`The runbook has no procedure "${procedureId}".`, 'Choose one of those it lists.');
    }
    return say(...endedWatch(context, 'another procedure was chosen'), {
      kind: 'procedure.chosen',
      payload: { procedureId, reason },
    });
  },
  'record-approval': ({ adapter }, { who, role, how, words }) => {
    if (who.trim() === '') throw refuse('Nobody is named who agreed.', 'Say who it was.');
    return say({
      kind: 'approval.recorded',
      payload: { who, role, how, words, givenAt: Math.round(adapter.clock.now()) },
    });
  },
  'proceed-without-approval': ({ eventLog, runbook }, { reason, typed }) => {
    const target = bypassTarget(eventLog.state, runbook);
    if (reason.trim() === '') throw refuse('A reason is missing.', 'Say why it cannot wait for an approval.');
    if (!isEndTyped(target, typed)) {
      throw refuse(`"${typed}" is not the end of "${target}".`, 'Type at least the last four letters of the target.');
    }
    return say({ kind: 'approval.bypassed', payload: { reason, typed } });
  },
  'pay-debt': (_context, { debt, who, how }) => say({ kind: 'debt.paid', payload: { debt, who, how } }),
  'copied-command': (_context, { stepId, commandId }) =>
    say({ kind: 'command.copied', payload: { stepId, commandId } }),
  tick: (_context, { stepId, checkId, ticked, observed }) =>
    say({ kind: 'check.ticked', payload: { stepId, checkId, ticked: ticked && !saysNo(observed), observed } }),
  'confirm-step': (context, { stepId, observed }) => {
    mustBeIdle(context.eventLog.state);
    mustNotSayNo(observed);
    const step = stepOf(context, stepId);
    const { ticks } = stepState(context.eventLog.state, stepId);
    const open = step.checks.filter((check) => ticks[check.id]?.ticked !== true);
    if (open.length > 0) {
      throw refuse(
        `${open.length} of ${count(step.checks.length, 'check')} are not ticked.`,
        'Tick them, or skip the step with a reason.',
      );
    }
    return say(ended(stepId, 'confirmed', '', observed));
  },
  'skip-step': (context, { stepId, reason }) => {
    mustBeIdle(context.eventLog.state);
    return say(ended(stepId, 'skipped', reason));
  },
  'defer-step': (context, { stepId, reason, dueInMs }) => {
    mustBeIdle(context.eventLog.state);
    return say(ended(stepId, 'deferred', reason, null, Math.round(context.adapter.clock.now() + dueInMs)));
  },
  'reopen-step': (context, { stepId, reason }) => {
    mustBeIdle(context.eventLog.state);
    return say(...reopened(context, stepId, reason));
  },
  'confirm-symptom-gone': (context, { observed }) => {
    mustBeIdle(context.eventLog.state);
    mustNotSayNo(observed);
    const step = currentStep(context.eventLog.state, context.runbook);
    const unproven = nothingProves(context) ? { unproven: true as const } : {};
    const gone: Draft = { kind: 'symptom.gone', payload: { observed, ...unproven } };
    return asksForSymptom(step) ? say(gone, ended(step.id, 'confirmed', '', observed)) : say(gone);
  },
  'symptom-remains': (context, { observed }) => {
    mustBeIdle(context.eventLog.state);
    const step = currentStep(context.eventLog.state, context.runbook);
    if (!asksForSymptom(step)) {
      throw refuse('The symptom is not being asked about now.', 'Write a note instead.');
    }
    return say(ended(step.id, 'failed', 'The symptom is still there.', observed));
  },
  'copied-message': (_context, { messageId, text }) => say({ kind: 'message.copied', payload: { messageId, text } }),
  'sent-message': ({ runbook }, { messageId, text, where }) => {
    mustBeFilledIn(runbook, messageId, text);
    return say({ kind: 'message.sent', payload: { messageId, text, where } });
  },
  'settle-deferred': (_context, { what, how, reason }) => {
    if (how === 'done') mustNotSayNo(reason);
    return say({ kind: 'deferred.settled', payload: { what, how, reason } });
  },
  note: (_context, { text, starred, occurredAt }) =>
    say({ kind: 'note.added', payload: { text, starred }, ...(occurredAt === undefined ? {} : { occurredAt }) }),
  star: (_context, { seq, starred }) => say({ kind: 'entry.starred', payload: { seq, starred } }),
  'set-action-item': ({ eventLog }, { kind: _kind, ...item }) => {
    const known = eventLog.state.actionItems.find(({ itemId }) => itemId === item.itemId);
    // An older item may have another link: it can still be marked done.
    if (item.link !== '' && item.link !== known?.link && !isWebAddress(item.link))
      throw refuse(`"${item.link}" is not a web address.`, 'Give a link that starts with https:// or http://.');
    return say({ kind: 'action-item.set', payload: item });
  },
  'remove-action-item': ({ eventLog }, { itemId, reason }) => {
    if (!eventLog.state.actionItems.some((item) => item.itemId === itemId))
      throw refuse('There is no such action item any more.', 'Look at the report.');
    return say({ kind: 'action-item.removed', payload: { itemId, reason } });
  },
  'edit-report': (_context, { field, text }) => say({ kind: 'report.edited', payload: { field, text } }),
  resolve: (context, { summary }) => {
    const { eventLog } = context;
    if (eventLog.state.resolvedAt !== null) throw refuse('This incident is resolved already.', 'Write its report.');
    return say(...endedWatch(context, 'the incident was resolved'), {
      kind: 'incident.resolved',
      payload: { summary },
    });
  },
  close: ({ adapter, eventLog, runbook }, { summary }) => {
    const { state } = eventLog;
    if (state.closedAt !== null) throw refuse('This incident is closed already.', 'Its report can still be written.');
    if (state.resolvedAt === null) throw refuse('This incident is not resolved yet.', 'Resolve it first.');
    const open = state.deferred.filter((deferred) => deferred.settled === null);
    if (open.length > 0) {
      const names = open.map((deferred) => deferredTitle(deferred.stepId, runbook)).join(', ');
      throw refuse(`Deferred items are still open: ${names}.`, 'Do them, or waive each with a reason.');
    }
    const due = followUps(state, runbook, adapter.clock.now()).filter(isOpen);
    if (due.length > 0) {
      const names = due.map(({ item }) => item.title).join(', ');
      throw refuse(`Follow-ups are still open: ${names}.`, 'Do them, or waive each with a reason.');
    }
    const left = openAfterStart(state, runbook);
    if (left.length > 0) {
      const names = left.map(({ check }) => check.text).join(', ');
      throw refuse(
        `The checklist before the rollback was not gone through: ${names}.`,
        'Tick each item, or put them off.',
      );
    }
    return say({ kind: 'incident.closed', payload: { summary } });
  },
};

const asksForSymptom = (step: Step | null): step is Step => step !== null && definitionOf(step).asksForSymptom === true;

function reopened(context: IncidentContext, stepId: string, reason: string): readonly Draft[] {
  const step = stepOf(context, stepId);
  const procedure = askingProcedures(context.runbook).find(({ steps }) => steps.some(({ id }) => id === stepId));
  const steps = procedure?.steps ?? [];
  const { choice, endsWatch } = definitionOf(step);
  // Later steps depend on the choice, so they are reopened too.
  const from = choice !== undefined ? steps.slice(steps.indexOf(step)) : [step];
  const affected = from.filter(({ id }) => id === stepId || stepState(context.eventLog.state, id).outcome !== null);
  // A watch belongs to the release it started with and must not end green for another one.
  return [
    ...(choice !== undefined || endsWatch === true ? endedWatch(context, reason) : []),
    ...affected.map(({ id }): Draft => ({ kind: 'step.reopened', payload: { stepId: id, reason } })),
  ];
}

/** Ends the watch that is running, if there is one: the rollback it watches is being given up. */
export function endedWatch({ eventLog }: IncidentContext, reason: string): readonly Draft[] {
  const { watch } = eventLog.state;
  if (watch === null || watch.endedAt !== null) return [];
  return [{ kind: 'watch.ended', payload: { stepId: watch.stepId, completed: false, reason } }];
}

/** Refuses an observation that says "no": it confirms nothing. Code: `not-allowed`. */
export function mustNotSayNo(observed: string): void {
  if (saysNo(observed))
    throw refuse(
      `"${observed.trim()}" confirms nothing, so nothing was recorded.`,
      'Say what you see, or answer that it is not so.',
    );
}
