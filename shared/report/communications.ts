/** Who was told what, and who took part; the texts of the messages are in appendix E. */
import type { Told } from '#shared/incident/topics/topic.ts';
import { messageTitle } from '#shared/incident/timeline-words.ts';
import type { RootContent } from 'mdast';
import { answersOf } from './answers.ts';
import { eventsOf, type ReportSource, reportRule, stated } from './source.ts';
import { brief, fence, heading, keyLine, list, paragraph, table } from './nodes.ts';
import { utc } from './times.ts';

export const communications = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Communications'),
  told(source),
  ...onlyCopied(source),
  ...notPosted(source),
  ...answersOf(source, 'communications'),
];

export const messagesAndPeople = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix E: messages and people'),
  ...sent(source),
  ...escalations(source),
  heading(3, 'Responders and hand-offs'),
  ...responders(source),
];

function sent(source: ReportSource): readonly RootContent[] {
  const messages = eventsOf(source, 'message.sent');
  if (messages.length === 0) return [paragraph('No message was marked as sent.')];
  return messages.flatMap(({ at, occurredAt, actor, payload }) => [
    keyLine(
      messageTitle(payload.messageId, source.context),
      `${payload.where}, ${stated(source, occurredAt ?? at, at)} UTC, by ${actor}`,
    ),
    fence('text', payload.text),
  ]);
}

function onlyCopied(source: ReportSource): readonly RootContent[] {
  const { sent: done } = source.state;
  const ids = new Set(eventsOf(source, 'message.copied').map(({ payload }) => payload.messageId));
  const open = [...ids].filter((id) => done[id] === undefined);
  if (open.length === 0) return [];
  return [
    paragraph(`Copied, but not marked as sent: ${open.map((id) => messageTitle(id, source.context)).join(', ')}.`),
  ];
}

function notPosted(source: ReportSource): readonly RootContent[] {
  return eventsOf(source, 'message.failed').map(({ at, payload }) =>
    paragraph(
      `Not posted at ${source.time(at)} UTC: ${messageTitle(payload.messageId, source.context)} (${payload.why})`,
    ),
  );
}

function told(source: ReportSource): RootContent {
  const lines = toldOf(source).map(({ at, who, how, what }) => brief(`${source.time(at)}: ${who}, ${how}: ${what}`));
  return lines.length === 0 ? paragraph('Nobody was told through Rollbook.') : list(lines);
}

function escalations(source: ReportSource): readonly RootContent[] {
  const rows = source.state.escalations.map(({ at, who, how, reached, words }) => [
    source.time(at),
    who,
    how,
    reached ? 'yes' : 'no',
    brief(words),
  ]);
  if (rows.length === 0) return [];
  return [heading(3, 'Escalations'), table(['Time (UTC)', 'Who', 'How', 'Reached', 'Words'], rows, '')];
}

function responders(source: ReportSource): readonly RootContent[] {
  const items = [...respondersOf(source).map(responderText), ...handOffs(source)];
  return [items.length === 0 ? paragraph('Rollbook acted by itself.') : list(items)];
}

export interface Responder {
  readonly name: string;
  /** From their approval; '' when unknown. */
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

/** When the incident was continued in another window or on another machine, and by whom. */
export const handOffs = (source: ReportSource): readonly string[] =>
  source.entries
    .filter((entry) => reportRule(entry).handsOff === true)
    .map(({ at, actor, text }) => `${utc(at)} UTC, ${actor}: ${text}`);

export interface NotificationLog extends Told {
  /** ms since the epoch. */
  readonly at: number;
}

/** Who was told what, how and when, in order of time. */
export const toldOf = (source: ReportSource): readonly NotificationLog[] =>
  source.events
    .flatMap((event) => {
      const told = event.payload === null ? null : reportRule(event).told?.(event.payload, source.context);
      return told == null ? [] : [{ at: event.occurredAt ?? event.at, ...told }];
    })
    .toSorted((a, b) => a.at - b.at);
