/** What is to be done about an incident: the kinds of action items, what they do to the state, what the timeline says. */
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';
import { never, plain, type Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

type ActionItem = PayloadOf<'action-item.set'>;
type Removed = PayloadOf<'action-item.removed'>;

export const ACTION_ITEM_HANDLERS = {
  'action-item.set': (state: IncidentState, { payload }: { readonly payload: ActionItem }): IncidentState => ({
    ...state,
    actionItems: state.actionItems.some(({ itemId }) => itemId === payload.itemId)
      ? state.actionItems.map((each) => (each.itemId === payload.itemId ? payload : each))
      : [...state.actionItems, payload],
  }),
  'action-item.removed': (state: IncidentState, { payload }: { readonly payload: Removed }): IncidentState => ({
    ...state,
    actionItems: state.actionItems.filter(({ itemId }) => itemId !== payload.itemId),
  }),
};

export const ACTION_ITEM_ROWS: {
  readonly 'action-item.set': Row<'action-item.set'>;
  readonly 'action-item.removed': Row<'action-item.removed'>;
} = {
  'action-item.set': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p: ActionItem) =>
      `Action item${p.done ? ' done' : ''}: ${p.what}${because([p.type, p.owner, p.due].filter(Boolean).join(', '))}`,
  },
  'action-item.removed': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p: Removed) => `Action item taken out${because(p.reason)}`,
  },
};
