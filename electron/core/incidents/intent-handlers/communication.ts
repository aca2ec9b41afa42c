/** Intents about people and messages: escalations, objections, errors in the runbook, logins, and posted messages. */
import { count } from '#shared/words/count.ts';
import { toFailure } from '#shared/api/result.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { marked, messageOf, openBlanks } from '#shared/incident/messages.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { readableText } from '#shared/runbook/parse.ts';
import { type Act, mustBeIdle, ROLLBOOK, refuse, stepOf } from '#core/engine/incident-context.ts';
import { renewLogin } from '#core/login/renew.ts';

type Handled = Extract<Intent['kind'], 'log-escalation' | 'raise-objection' | 'report-defect'>;

export const REFERENCE_HANDLERS: { readonly [K in Handled]: Act<K> } = {
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
        `The runbook has ${count(source.length, 'line')}; line ${line + lines - 1} is not one of them.`,
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

export const LOGIN_HANDLERS: { readonly [K in Extract<Intent['kind'], 'log-in' | 'skip-login'>]: Act<K> } = {
  'log-in': (context, { here }) => {
    const { login } = context.eventLog.state.branches;
    mustBeIdle(context.eventLog.state);
    if (login === null) throw refuse('No login has expired.', 'Go on with the step.');
    if (login.opened !== null) throw refuse(`${login.opened.command} is waited for already.`, 'Log in there.');
    return { drafts: [], effect: () => renewLogin(context, login.tool, here) };
  },

  'skip-login': ({ eventLog }, { reason }) => {
    const { login } = eventLog.state.branches;
    if (login === null) throw refuse('No login has expired.', 'Go on with the step.');
    const why = reason.trim() === '' ? 'left for now' : reason;
    return { drafts: [{ kind: 'login.ended', payload: { tool: login.tool, who: null, reason: why } }] };
  },
};

/** Nobody is told "ETA: [Timeframe]". Code: `not-allowed` while a placeholder of the message is left in the text. */
export function mustBeFilledIn(runbook: Runbook, messageId: string, text: string): void {
  const blanks = openBlanks(messageOf(runbook, messageId)?.text ?? '', text);
  if (blanks.length > 0) throw refuse(`The message still has ${blanks.join(', ')}.`, 'Fill each in, then send it.');
}

/**
 * Posts a message: committed before it is sent, and never sent again automatically. Code: `not-allowed` when there is no
 * channel for this kind of incident.
 */
export const messagePosted: Act<'post-message'> = (context, intent) => {
  const { state } = context.eventLog;
  const { messageId } = intent;
  if (!context.notifier.has(state.declared.kind)) {
    const why =
      state.declared.kind === 'drill' ? 'No drill channel is set: drills do not shout.' : 'No webhook is set.';
    throw refuse(why, 'Copy the text, send it yourself, and log it as sent.');
  }
  mustBeFilledIn(context.runbook, messageId, intent.text);
  const text = marked(intent.text, state);
  const effect = async (): Promise<void> => {
    const result = await context.notifier.post(state.declared.kind, text).then(
      (where) => ({ kind: 'message.sent', payload: { messageId, text, where } }) as const,
      (thrown: unknown) => {
        const { message, advice = '' } = toFailure(thrown);
        return { kind: 'message.failed', payload: { messageId, why: `${message} ${advice}`.trim() } } as const;
      },
    );
    await context.eventLog.append(ROLLBOOK, [result]);
  };
  return { drafts: [{ kind: 'message.posting', payload: { messageId, text } }], effect };
};
