/** Evidence, notes, stars and the report. */
import { because } from '../timeline-words.ts';
import { type Topic, attention, never, plain, same } from './topic.ts';

export const REPORT: Topic<
  'evidence.captured' | 'evidence.missing' | 'note.added' | 'entry.starred' | 'report.edited' | 'report.exported'
> = {
  'evidence.captured': {
    apply: (state, { at, payload }) => ({
      ...state,
      evidence: [...state.evidence, { kind: 'captured', at, ...payload }],
    }),
    source: 'app',
    starred: never,
    tone: (p) => (p.partial ? 'attention' : 'plain'),
    text: (p) => `Evidence captured: ${p.title}${p.partial ? ', partial' : ''}${because(p.why)}`,
    keepsIntentsValid: true,
  },
  'evidence.missing': {
    apply: (state, { at, payload }) => ({
      ...state,
      evidence: [...state.evidence, { kind: 'missing', at, ...payload }],
    }),
    source: 'app',
    starred: never,
    tone: attention,
    text: (p) => `Evidence missing: ${p.title}${because(p.why)}`,
    keepsIntentsValid: true,
  },
  'note.added': {
    // `starred` below reads the payload.
    apply: same,
    source: 'person',
    starred: (p) => p.starred,
    tone: plain,
    text: (p) => p.text,
    keepsIntentsValid: true,
  },
  'entry.starred': {
    apply: (state, { payload }) => ({
      ...state,
      starred: state.starred.set(payload.seq, payload.starred),
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Entry ${p.seq} ${p.starred ? 'added to' : 'removed from'} the short timeline`,
    keepsIntentsValid: true,
  },
  'report.edited': {
    apply: (state, { payload }) => ({
      ...state,
      reportFields: { ...state.reportFields, [payload.field]: payload.text },
    }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Report field "${p.field}" edited`,
    keepsIntentsValid: true,
  },
  'report.exported': {
    apply: same,
    source: 'app',
    starred: never,
    tone: plain,
    text: (p) => `Report exported to ${p.path}`,
    keepsIntentsValid: true,
  },
};
