/** What was told to whom, and who took part. */
import type { RootContent } from 'mdast';
import { fieldBlocks } from './answers.ts';
import { eventsOf, messageTitle, type ReportSource } from './source.ts';
import { brief, fence, heading, keyLine, list, paragraph, table } from './nodes.ts';
import { stated, utc } from './times.ts';
import { obligationWords } from '#shared/incident/obligations.ts';

export const communications = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Communications'),
  heading(3, 'Who was told, how, when'),
  told(source),
  heading(3, 'Messages'),
  ...sent(source),
  ...onlyCopied(source),
  ...notPosted(source),
  heading(3, 'Escalations'),
  escalations(source),
  heading(3, 'Responders and hand-offs'),
  ...responders(source),
  ...fieldBlocks(source, 'communications'),
];

function sent(source: ReportSource): readonly RootContent[] {
  const messages = eventsOf(source, 'message.sent');
  if (messages.length === 0) return [paragraph('No message was marked as sent.')];
  return messages.flatMap(({ at, occurredAt, actor, payload }) => [
    keyLine(
      messageTitle(source, payload.messageId),
      `${payload.where}, ${stated(occurredAt ?? at, at)} UTC, by ${actor}`,
    ),
    fence('text', payload.text),
  ]);
}

function onlyCopied(source: ReportSource): readonly RootContent[] {
  const { sent: done } = source.state;
  const ids = new Set(eventsOf(source, 'message.copied').map(({ payload }) => payload.messageId));
  const open = [...ids].filter((id) => done[id] === undefined);
  if (open.length === 0) return [];
  return [paragraph(`Copied, but not marked as sent: ${open.map((id) => messageTitle(source, id)).join(', ')}.`)];
}

function notPosted(source: ReportSource): readonly RootContent[] {
  return eventsOf(source, 'message.failed').map(({ at, payload }) =>
    paragraph(`Not posted at ${utc(at)} UTC: ${messageTitle(source, payload.messageId)} (${payload.why})`),
  );
}

const told = (source: ReportSource): RootContent =>
  table(
    ['Time (UTC)', 'Who', 'How', 'What'],
    toldOf(source).map(({ at, who, how, what }) => [utc(at), brief(who), brief(how), brief(what)]),
    'Nobody was told by way of Rollbook.',
  );

const escalations = ({ state }: ReportSource): RootContent =>
  table(
    ['Time (UTC)', 'Who', 'How', 'Reached', 'Words'],
    state.escalations.map((each) => [utc(each.at), each.who, each.how, each.reached ? 'yes' : 'no', brief(each.words)]),
    'Nobody was called up the chain.',
  );

function responders(source: ReportSource): readonly RootContent[] {
  const items = [...respondersOf(source).map(responderText), ...handOffs(source)];
  return [items.length === 0 ? paragraph('Rollbook acted by itself.') : list(items)];
}

export interface Responder {
  readonly name: string;
  /** As approvals give it; '' when nobody said. */
  readonly role: string;
  readonly acts: number;
}

/** Who acted in Rollbook, and who approved, in order of their first act. */
export function respondersOf(source: ReportSource): readonly Responder[] {
  const { approvals } = source.state;
  const roleOf = (name: string): string => approvals.find(({ who }) => who === name)?.role ?? '';
  const actors = source.events.map(({ actor }) => actor).filter((actor) => actor !== 'rollbook');
  const names = new Set([...actors, ...approvals.map(({ who }) => who)]);
  return [...names].map((name) => ({
    name,
    role: roleOf(name),
    acts: actors.filter((actor) => actor === name).length,
  }));
}

const responderText = ({ name, role, acts }: Responder): string =>
  `${name}${role === '' ? '' : ` (${role})`}${acts === 0 ? ', approved' : `, ${acts} acts`}`;

/** Another window, another machine: who went on when. */
export const handOffs = (source: ReportSource): readonly string[] =>
  source.entries
    .filter(({ kind }) => ['lease.taken', 'handover.given', 'handover.taken'].includes(kind))
    .map(({ at, actor, text }) => `${utc(at)} UTC, ${actor}: ${text}`);

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
