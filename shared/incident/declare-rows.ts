/** The timeline's sentences about the way that was chosen and the checklist before a rollback. */
import { count } from '../words/count.ts';
import { always, attention, plain, type Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

type Kind = 'row.chosen' | 'fix-forward.chosen' | 'checklist.deferred';

export const DECLARE_ROWS: { readonly [K in Kind]: Row<K> } = {
  'row.chosen': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Row of the matrix: ${p.row.condition}, target ${p.row.targetText}${because(p.reason)}`,
  },
  'fix-forward.chosen': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Fix forward: nothing is rolled back${because(p.reason)}`,
  },
  'checklist.deferred': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, { runbook }) => {
      const title = runbook.checklists.find(({ id }) => id === p.checklistId)?.title ?? p.checklistId;
      return `${title}: ${count(p.items.length, 'item')} put off${because(p.reason)}`;
    },
  },
};
