/** Approvals, going on without one, and telling people afterwards. */
import { obligationWords, toldBy } from '../obligations.ts';
import { because } from '../timeline-words.ts';
import { deviate } from './state-changes.ts';
import { type Topic, always, attention, plain } from './topic.ts';

export const APPROVALS: Topic<'approval.recorded' | 'approval.bypassed' | 'debt.paid'> = {
  'approval.recorded': {
    apply: (state, { at, payload }) => ({
      ...state,
      approvals: [...state.approvals, { ...payload, at, procedureId: state.procedureId }],
    }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Approved by ${p.who} (${p.role}, ${p.how})${because(p.words)}`,
  },
  'approval.bypassed': {
    apply: (state, { at, payload }) =>
      deviate(
        { ...state, bypass: { reason: payload.reason, at, procedureId: state.procedureId } },
        at,
        `Went on without approval: ${payload.reason}`,
      ),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Went on without approval${because(p.reason)}`,
    report: { deviates: always },
  },
  'debt.paid': {
    apply: (state, { at, payload }) => ({
      ...state,
      paid: { ...state.paid, [payload.debt]: { at, who: payload.who, how: payload.how } },
    }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `${p.who} was told ${obligationWords(p.debt)}${toldBy(p.how)}`,
    report: { told: (p) => ({ who: p.who, how: p.how, what: obligationWords(p.debt) }) },
  },
};
