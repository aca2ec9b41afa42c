/** Intents about the runbook beside the procedure: who was called, and what is wrong in it. */
import type { Intent } from '#shared/incident/intent.ts';
import { readableText } from '#shared/runbook/parse.ts';
import { type Act, refuse, stepOf } from '../../engine/incident-context.ts';

type Referred = Extract<Intent['kind'], 'log-escalation' | 'raise-objection' | 'report-defect'>;

export const REFERENCE_ACTS: { readonly [K in Referred]: Act<K> } = {
  'log-escalation': (_context, { who, how, reached, words }) => ({
    drafts: [{ kind: 'escalation.called', payload: { who, how, reached, words } }],
  }),

  'raise-objection': (_context, { who, words, answer }) => ({
    drafts: [{ kind: 'objection.raised', payload: { who, words, answer } }],
  }),

  'report-defect': (context, { stepId, line, lines, becomes, comment }) => {
    stepOf(context, stepId);
    const { hash } = context.eventLog.state.declared.runbook;
    const stored = context.store.runbooks.get(hash);
    const source = stored === null ? [] : readableText(stored.source, stored.name).split(/\r\n|\n|\r/);
    if (line + lines - 1 > source.length) {
      throw refuse(
        `The runbook has ${source.length} lines; line ${line + lines - 1} is not one of them.`,
        'Choose others.',
      );
    }
    const was = source.slice(line - 1, line - 1 + lines).join('\n');
    const { defects } = context.eventLog.state;
    const says = becomes !== was || comment.trim() !== '' || defects.some((defect) => defect.line === line);
    if (!says) throw refuse('Nothing was said to be wrong.', 'Change the text, or say in the comment what is wrong.');
    return { drafts: [{ kind: 'runbook.defect', payload: { stepId, line, was, becomes, comment } }] };
  },
};
