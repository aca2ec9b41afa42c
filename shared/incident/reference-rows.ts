/** What the timeline says about calls up the chain and defects of the runbook; rows of timeline-rows.ts. */
import type { REFERENCE_SCHEMAS } from './reference-events.ts';
import { always, attention, type Row } from './timeline-row.ts';
import { because, titleOf } from './timeline-words.ts';

type Rows = { readonly [K in keyof typeof REFERENCE_SCHEMAS]: Row<K> };

export const REFERENCE_ROWS: Rows = {
  'escalation.called': {
    source: 'person',
    starred: always,
    tone: (p) => (p.reached ? 'plain' : 'attention'),
    text: (p) =>
      p.reached
        ? `Escalated to ${p.who} (${p.how})${because(p.words)}`
        : `Escalation: ${p.who} not reached (${p.how})${because(p.words)}`,
  },
  'objection.raised': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) =>
      `${p.who} objected${because(p.words)}${p.answer.trim() === '' ? '' : `; decided all the same: ${p.answer}`}`,
  },
  'runbook.defect': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) =>
      `Runbook wrong at line ${p.line} ("${titleOf(p.stepId, context)}")${because(p.comment)}${change(p.was, p.becomes)}`,
  },
};

const change = (was: string, becomes: string): string => {
  if (was === becomes) return '';
  return becomes.trim() === '' ? `, to be left out: ${was}` : `, should be: ${becomes}`;
};
