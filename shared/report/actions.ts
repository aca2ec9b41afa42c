/** Action items: written one a line as `what | type | owner | due | link`, printed as tasks that GitHub can tick. */
import type { PhrasingContent, RootContent } from 'mdast';
import { fieldsOf } from './fields.ts';
import { itemsOf, toBeCompleted, written } from './human.ts';
import { heading, paragraph, tasks } from './nodes.ts';
import type { ReportSource } from './source.ts';
import { visible } from './visible.ts';

const PARTS = ['type', 'owner', 'due'] as const;

export const actionItems = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Action Items'),
  ...fieldsOf('actions').map((field) => {
    const items = itemsOf(written(source, field.id));
    return items.length === 0 ? paragraph(toBeCompleted(field.question)) : tasks(items.map(actionItem));
  }),
];

interface ActionItem {
  readonly text: readonly PhrasingContent[];
  readonly done: boolean;
}

/** A part that is missing is said to be open: an action without owner and date does not happen. */
export function actionItem(line: string): ActionItem {
  const box = /^\[([ xX])\]\s*/.exec(line);
  const [what = '', ...parts] = line
    .slice(box?.[0].length ?? 0)
    .split('|')
    .map((part) => visible(part));
  const details = PARTS.map((part, index) => `${part}: ${parts[index] || 'open'}`).join(' | ');
  const link = parts.slice(PARTS.length).join(' | ');
  return {
    done: box !== null && box[1] !== ' ',
    text: [
      { type: 'strong', children: [{ type: 'text', value: what || 'open' }] },
      { type: 'text', value: ` | ${details}${link === '' ? '' : ' | '}` },
      ...(link === '' ? [] : [linkOf(link)]),
    ],
  };
}

/** Only what is surely a web address becomes a link. */
const linkOf = (text: string): PhrasingContent =>
  /^https?:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/.test(text)
    ? { type: 'link', url: text, children: [{ type: 'text', value: text }] }
    : { type: 'text', value: text };
