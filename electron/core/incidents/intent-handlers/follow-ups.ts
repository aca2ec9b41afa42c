/** Intents after a rollback: answers to checkpoints, and follow-ups that are done or waived. */
import { count } from '#shared/words/count.ts';
import type { Draft } from '#shared/incident/event.ts';
import { type DueFollowUp, followUpOf, followUps } from '#shared/incident/follow-ups.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { type Act, type IncidentContext, refuse, stepOf } from '#core/engine/incident-context.ts';
import { regressionDrafts } from '#core/steps/watch.ts';
import { mustNotSayNo } from './decisions.ts';

type Handled = Extract<Intent['kind'], 'settle-follow-ups' | 'answer-checkpoint'>;

export const FOLLOW_UP_HANDLERS: { readonly [K in Handled]: Act<K> } = {
  'settle-follow-ups': (context, { items, how, reason }) => {
    if (how === 'waived' && reason.trim() === '') throw refuse('It is waived without a reason.', 'Say why.');
    if (how === 'done') mustNotSayNo(reason);
    const due = followUps(context.eventLog.state, context.runbook, context.adapter.clock.now());
    const drafts = items.map((itemId): Draft => {
      const one = due.find(({ item }) => item.id === itemId);
      if (one === undefined) throw refuse(`There is no follow-up "${itemId}" due here.`, 'Reload the incident.');
      if (how === 'done' && one.standing === 'waiting')
        throw refuse('The rollback is not effective yet.', 'It counts from then; waive it, or do it later.');
      if (how === 'done' && one.openChecks.length > 0) {
        const names = one.openChecks.map((check) => check.text).join('; ');
        throw refuse(`Not seen yet: ${names}.`, 'Tick each with what you saw, or waive it with a reason.');
      }
      if (how === 'waived' && one.standing === 'done')
        throw refuse(`"${one.item.title}" is done already.`, 'Write a note to add to it.');
      return { kind: 'follow-up.settled', payload: { itemId, how, reason: withEarlier(one, reason.trim()) } };
    });
    return { drafts };
  },

  'answer-checkpoint': (context, { stepId, minute, well, observed }) => {
    const { watch } = context.eventLog.state;
    if (watch?.stepId !== stepId || watch.asking !== minute)
      throw refuse('That checkpoint is not being asked about.', 'Look at the timeline.');
    if (well) mustNotSayNo(observed);
    const answered: Draft = { kind: 'checkpoint.answered', payload: { stepId, minute, well, observed } };
    const reason = `A person saw it at the checkpoint after ${count(minute, 'minute')}: ${observed}`;
    return { drafts: well ? [answered] : [answered, ...regressionDrafts(stepOf(context, stepId), reason)] };
  },
};

/** What was said when it was settled before stays. */
const withEarlier = ({ reason: earlier }: DueFollowUp, reason: string): string =>
  earlier === '' || reason.includes(earlier) ? reason : [earlier, reason].filter((text) => text !== '').join('; ');

/** True for a follow-up: its checks can be ticked also after the incident is resolved. */
export const isFollowUp = ({ runbook }: IncidentContext, itemId: string): boolean =>
  followUpOf(runbook, itemId) !== null;
