/** Messages to people: copied, posted by Rollbook, or marked as sent. */
import type { IncidentState, MessageState } from '../state.ts';
import { because, messageTitle } from '../timeline-words.ts';
import { type Topic, always, bad, never, plain } from './topic.ts';

export const MESSAGES: Topic<'message.copied' | 'message.posting' | 'message.failed' | 'message.sent'> = {
  'message.copied': {
    apply: (state, { at, payload }) => withMessage(state, payload.messageId, { last: 'copied', at, why: '' }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" copied`,
    keepsIntentsValid: true,
  },
  'message.posting': {
    apply: (state, { at, payload }) => withMessage(state, payload.messageId, { last: 'posting', at, why: '' }),
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" is being posted`,
    keepsIntentsValid: true,
  },
  'message.failed': {
    apply: (state, { at, payload }) => withMessage(state, payload.messageId, { last: 'failed', at, why: payload.why }),
    source: 'app',
    starred: always,
    tone: bad,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" was not posted${because(p.why)}`,
    keepsIntentsValid: true,
  },
  'message.sent': {
    apply: (state, { at, payload }) => ({
      ...withMessage(state, payload.messageId, { last: 'sent', at, why: '' }),
      sent: { ...state.sent, [payload.messageId]: { at, text: payload.text, where: payload.where } },
    }),
    source: 'person',
    starred: always,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" sent to ${p.where}`,
    keepsIntentsValid: true,
    report: { told: (p, context) => ({ who: p.where, how: 'message', what: messageTitle(p.messageId, context) }) },
  },
};

const withMessage = (state: IncidentState, id: string, message: MessageState): IncidentState => ({
  ...state,
  messages: { ...state.messages, [id]: message },
});
