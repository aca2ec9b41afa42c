/** Posting a message: committed before it is sent, never sent twice by itself, never in the way of anything else. */
import { marked } from '#shared/incident/messages.ts';
import { toFailure } from '#shared/contract/result.ts';
import { type Act, refuse, ROLLBOOK } from '../../engine/incident-context.ts';

/** Code: `not-allowed` when there is no channel for this kind of incident. */
export const messagePosted: Act<'post-message'> = (context, intent) => {
  const { state } = context.eventLog;
  const { messageId } = intent;
  if (!context.notifier.has(state.declared.kind)) {
    const why =
      state.declared.kind === 'drill' ? 'No drill channel is set: drills do not shout.' : 'No webhook is set.';
    throw refuse(why, 'Copy the text, send it yourself, and log it as sent.');
  }
  const text = marked(intent.text, state);
  const effect = async (): Promise<void> => {
    const told = await context.notifier.post(state.declared.kind, text).then(
      (where) => ({ kind: 'message.sent', payload: { messageId, text, where } }) as const,
      (thrown: unknown) => {
        const { message, advice = '' } = toFailure(thrown);
        return { kind: 'message.failed', payload: { messageId, why: `${message} ${advice}`.trim() } } as const;
      },
    );
    await context.eventLog.append(ROLLBOOK, [told]);
  };
  return { drafts: [{ kind: 'message.posting', payload: { messageId, text } }], effect };
};
