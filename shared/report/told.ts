/** Who was told, how, and when: of messages, debts and calls up the chain, in order of time. */
import { obligationWords } from '#shared/incident/obligation-words.ts';
import { eventsOf, type ReportSource } from './source.ts';
import { messageTitle } from './message-title.ts';

export interface NotificationLog {
  /** ms since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly how: string;
  readonly what: string;
}

export function toldOf(source: ReportSource): readonly NotificationLog[] {
  const messages = eventsOf(source, 'message.sent').map(({ at, occurredAt, payload }) => ({
    at: occurredAt ?? at,
    who: payload.where,
    how: 'message',
    what: messageTitle(source, payload.messageId),
  }));
  const obligations = eventsOf(source, 'debt.paid').map(({ at, occurredAt, payload }) => ({
    at: occurredAt ?? at,
    who: payload.who,
    how: payload.how,
    what: obligationWords(payload.debt),
  }));
  const calls = source.state.escalations
    .filter(({ reached }) => reached)
    .map(({ at, who, how, words }) => ({ at, who, how, what: words }));
  return [...messages, ...obligations, ...calls].toSorted((a, b) => a.at - b.at);
}
