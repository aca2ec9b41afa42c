/** Escalations, objections, and defects of the runbook. */
import { because, titleOf } from '../timeline-words.ts';
import { type Topic, always, attention } from './topic.ts';
import type { Defect } from '../state.ts';

export const REFERENCE: Topic<'escalation.called' | 'objection.raised' | 'runbook.defect'> = {
  'escalation.called': {
    apply: (state, { at, payload }) => ({ ...state, escalations: [...state.escalations, { ...payload, at }] }),
    source: 'person',
    starred: always,
    tone: (p) => (p.reached ? 'plain' : 'attention'),
    text: (p) =>
      p.reached
        ? `Escalated to ${p.who} (${p.how})${because(p.words)}`
        : `Escalation: ${p.who} not reached (${p.how})${because(p.words)}`,
    keepsIntentsValid: true,
    report: { told: (p) => (p.reached ? { who: p.who, how: p.how, what: p.words } : null) },
  },
  'objection.raised': {
    apply: (state, { at, payload }) => ({ ...state, objections: [...state.objections, { ...payload, at }] }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `${p.who} objected${because(p.words)}${p.answer.trim() === '' ? '' : `; decided anyway: ${p.answer}`}`,
    keepsIntentsValid: true,
  },
  'runbook.defect': {
    apply: (state, { seq, at, payload }) => ({ ...state, defects: withDefect(state.defects, { ...payload, seq, at }) }),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) =>
      `Runbook wrong at line ${p.line} ("${titleOf(p.stepId, context)}")${because(p.comment)}${change(p.was, p.becomes)}`,
    keepsIntentsValid: true,
  },
};

const change = (was: string, becomes: string): string => {
  if (was === becomes) return '';
  return becomes.trim() === '' ? `, to be removed: ${was}` : `, should be: ${becomes}`;
};

/** First and last line of a defect, from 1, both included. */
export const linesOf = ({ line, was }: Pick<Defect, 'line' | 'was'>): readonly [number, number] => [
  line,
  line + was.split('\n').length - 1,
];

/** A later defect replaces those it overlaps; one without a change or a comment only withdraws them. */
export function withDefect(defects: readonly Defect[], next: Defect): readonly Defect[] {
  const [from, until] = linesOf(next);
  const others = defects.filter((each) => {
    const [first, last] = linesOf(each);
    return last < from || first > until;
  });
  const says = next.was !== next.becomes || next.comment.trim() !== '';
  return (says ? [...others, next] : others).toSorted((a, b) => a.line - b.line);
}
