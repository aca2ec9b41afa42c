/** What was told to whom, and who took part. */
import type { RootContent } from 'mdast';
import { STATUS_NOW } from '#shared/incident/messages.ts';
import { fieldBlocks } from './human.ts';
import { fence, heading, keyLine, list, paragraph } from './nodes.ts';
import { eventsOf, type ReportSource } from './source.ts';
import { stated, utc } from './times.ts';

export const communications = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Communications'),
  ...sent(source),
  ...onlyCopied(source),
  ...notPosted(source),
  heading(3, 'Responders'),
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

const messageTitle = ({ runbook }: ReportSource, id: string): string => {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps);
  return (
    [STATUS_NOW, ...runbook.messages, ...steps.flatMap((step) => step.messages)].find((each) => each.id === id)
      ?.title ?? id
  );
};

function responders(source: ReportSource): readonly RootContent[] {
  const people = [...new Set(source.events.map(({ actor }) => actor))].filter((actor) => actor !== 'rollbook');
  const handOvers = eventsOf(source, 'lease.taken').map(
    ({ at, actor, payload }) => `Taken over by ${actor} at ${utc(at)} UTC: ${payload.reason}`,
  );
  const items = [...people, ...handOvers];
  return [items.length === 0 ? paragraph('Rollbook acted by itself.') : list(items)];
}
