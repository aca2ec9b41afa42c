/** Follow-ups and action items. */
import { followUpTitle } from '../follow-ups.ts';
import { because } from '../timeline-words.ts';
import { withAfter } from './state-changes.ts';
import { type Topic, never, plain } from './topic.ts';

export const FOLLOW_UPS: Topic<'follow-up.settled' | 'action-item.set' | 'action-item.removed'> = {
  'follow-up.settled': {
    apply: (state, { at, payload }) =>
      withAfter(state, {
        followUps: {
          ...state.after.followUps,
          [payload.itemId]: { how: payload.how, reason: payload.reason, at },
        },
      }),
    source: 'person',
    starred: never,
    tone: (p) => (p.how === 'waived' ? 'attention' : 'plain'),
    text: (p, { runbook }) => `Follow-up "${followUpTitle(runbook, p.itemId)}" ${p.how}${because(p.reason)}`,
    keepsIntentsValid: true,
  },
  'action-item.set': {
    apply: (state, { payload }) => ({
      ...state,
      actionItems: state.actionItems.some(({ itemId }) => itemId === payload.itemId)
        ? state.actionItems.map((each) => (each.itemId === payload.itemId ? payload : each))
        : [...state.actionItems, payload],
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) =>
      `Action item${p.done ? ' done' : ''}: ${p.what}${because([p.type, p.owner, p.due].filter(Boolean).join(', '))}`,
    keepsIntentsValid: true,
  },
  'action-item.removed': {
    apply: (state, { payload }) => ({
      ...state,
      actionItems: state.actionItems.filter(({ itemId }) => itemId !== payload.itemId),
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Action item removed${because(p.reason)}`,
    keepsIntentsValid: true,
  },
};
