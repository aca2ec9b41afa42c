/** The timeline's sentences about texts for people: copied, posted and sent are different things. */
import type { EventKind } from './event.ts';
import { always, bad, never, plain, type Row } from './timeline-row.ts';
import { because, messageTitle } from './timeline-words.ts';

type Kind = Extract<EventKind, `message.${string}`>;

export const MESSAGE_ROWS: { readonly [K in Kind]: Row<K> } = {
  'message.copied': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" copied`,
  },
  'message.posting': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" is being posted`,
  },
  'message.failed': {
    source: 'app',
    starred: always,
    tone: bad,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" was not posted${because(p.why)}`,
  },
  'message.sent': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p, context) => `Message "${messageTitle(p.messageId, context)}" sent to ${p.where}`,
  },
};
