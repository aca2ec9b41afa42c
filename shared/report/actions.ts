/** Action items, printed as tasks that GitHub can tick: what | type | owner | due | priority | link. */
import type { PhrasingContent, RootContent } from 'mdast';
import type { ActionItem } from '#shared/incident/state.ts';
import { ACTION_TYPES } from '#shared/incident/topics/action-item-kinds.ts';
import { itemsOf, OPEN, written } from './answers.ts';
import { heading, paragraph, tasks } from './nodes.ts';
import type { ReportSource } from './source.ts';
import { visible } from '../words/visible.ts';

export const actionItems = (source: ReportSource): readonly RootContent[] => {
  const items = actionsOf(source);
  return [heading(2, 'Action Items'), items.length === 0 ? paragraph(OPEN) : tasks(items.map(task))];
};

/**
 * Items written as text in older reports (one a line, `what | type | owner | due | link`), then those that were set.
 */
export const actionsOf = (source: ReportSource): readonly ActionItem[] => [
  ...itemsOf(written(source, 'actions')).map((line, index) => fromLine(line, `text-${index + 1}`)),
  ...source.state.actionItems,
];

export function fromLine(line: string, itemId: string): ActionItem {
  const box = /^\[([ xX])\]\s*/.exec(line);
  const [what = '', type = '', owner = '', due = '', ...link] = line
    .slice(box?.[0].length ?? 0)
    .split('|')
    .map((part) => part.trim());
  return {
    itemId,
    what,
    type: ACTION_TYPES.find((each) => each === type.toLowerCase()) ?? null,
    owner,
    due,
    priority: null,
    link: link.join(' | '),
    done: box !== null && box[1] !== ' ',
  };
}

/** A missing owner or due day is named, because an action without them does not get done. */
function task({ what, type, owner, due, priority, link, done }: ActionItem): {
  readonly done: boolean;
  readonly text: readonly PhrasingContent[];
} {
  const given = { type, owner: visible(owner), due: visible(due), priority };
  const details = Object.entries(given).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const missing = [...(given.owner === '' ? ['no owner'] : []), ...(given.due === '' ? ['no due day'] : [])];
  if (missing.length > 0) details.push(missing.join(' and '));
  return {
    done,
    text: [
      { type: 'strong', children: [{ type: 'text', value: visible(what) || 'not described' }] },
      { type: 'text', value: `${details.map((detail) => ` | ${detail}`).join('')}${link === '' ? '' : ' | '}` },
      ...(link === '' ? [] : [linkOf(visible(link))]),
    ],
  };
}

/** Only a certain web address becomes a link. */
const linkOf = (text: string): PhrasingContent =>
  /^https?:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/.test(text)
    ? { type: 'link', url: text, children: [{ type: 'text', value: text }] }
    : { type: 'text', value: text };
