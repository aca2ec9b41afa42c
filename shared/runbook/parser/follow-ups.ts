import type { ListItem, Node, RootContent } from 'mdast';
import { checkOf, type Reading } from './content.ts';
import { parseTimeframe } from '../../words/duration.ts';
import { itemText, walk } from './nodes.ts';
import type { FollowUp, FollowUpGroup } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import type { FoundProcedure } from './procedures.ts';
import { proseOf } from './prose.ts';
import { slug, UniqueIds } from './slug.ts';
import { findSteps, isTask, type RawStep } from './steps.ts';

const COUNT = '(?:\\d[\\d.,:/]*(?:\\s*(?:-|–|to)\\s*\\d[\\d.,:/]*)?|half\\s+an?|an?|one|two)';
/** `Within 1 hour`, `Immediately: within 15 minutes`, `First 24 hours`, `After 2 days`, or only the span: up to its end. */
const HEADING = new RegExp(
  `(?:\\b(?:within|in|after|first|next)\\s+(?:the\\s+)?(?:first\\s+|next\\s+)?|^(?=\\d))(${COUNT}\\s*(?:min(?:ute)?s?|h(?:ou)?rs?|h|m|days?|d|weeks?)\\b.*)`,
  'i',
);

/**
 * Reads the work that is due after a rollback: sections outside procedures whose heading names a time span. Each of their
 * numbered items is one follow-up, or else each checkbox, or else the whole section. Other passes read these sections too.
 */
export function readFollowUps(
  entries: readonly OutlineEntry[],
  procedures: readonly FoundProcedure[],
  reading: Reading,
): readonly FollowUpGroup[] {
  const taken = new Set(procedures.flatMap((procedure) => procedure.entries));
  const ids = new UniqueIds();
  return entries.flatMap((entry) => {
    const { section } = entry;
    const span = taken.has(entry) || section.level === 0 ? null : HEADING.exec(section.title)?.[1];
    const withinMs = span == null ? null : parseTimeframe(span).ms;
    if (withinMs === null) return [];
    const raws = itemsOf(entry);
    const numbered = raws.some(({ titledBy }) => titledBy === 'item');
    const items = raws.map((raw) => followUp(raw, section.id, ids, reading));
    if (items.length === 0) return [];
    const { line, start, end, id, title } = section;
    const prose = numbered ? proseOf(entry.nodes, '', (node) => node.type === 'list') : {};
    return [{ line, start, end, id, title, withinMs, ...prose, items }];
  });
}

/** A heading without text has no items. */
function itemsOf({ section, nodes }: OutlineEntry): readonly RawStep[] {
  const numbered = findSteps([{ section, heading: null, nodes, until: 0 }]);
  if (numbered.length > 0) return numbered;
  const tasks = nodes.flatMap((node) => (node.type === 'list' ? node.children.filter(isTask) : []));
  if (tasks.length > 0) return tasks.map((task, index) => taskItem(task, index + 1));
  if (nodes.length === 0) return [];
  return [
    {
      number: '1',
      title: section.title,
      titledBy: 'heading',
      nodes: [...nodes],
      start: section.start,
      end: section.end,
    },
  ];
}

const taskItem = (task: ListItem, number: number): RawStep => ({
  number: String(number),
  title: itemText(task),
  titledBy: 'item',
  nodes: [],
  start: task.position?.start.offset ?? 0,
  end: task.position?.end.offset ?? 0,
});

function followUp(raw: RawStep, sectionId: string, ids: UniqueIds, reading: Reading): FollowUp {
  const tasks: ListItem[] = [];
  const points: string[] = [];
  const title = raw.title === '' ? `Item ${raw.number}` : raw.title;
  for (const root of raw.nodes as readonly (Node | RootContent)[]) {
    walk(root, (node) => {
      if (isTask(node)) tasks.push(node);
      else if (node.type === 'listItem' && isPoint(node as ListItem, title)) points.push(itemText(node as ListItem));
    });
  }
  const id = ids.take(`${sectionId}/${slug(title, `item-${raw.number}`)}`);
  const checks = tasks.map((task, index) => checkOf(task, `${id}#check-${index + 1}`, reading));
  const prose = proseOf(raw.nodes, raw.titledBy === 'item' ? raw.title : '', isTask);
  return { ...reading.lines.place(raw.start, raw.end), id, title, checks, points, ...prose };
}

const isPoint = (item: ListItem, title: string): boolean => {
  const text = itemText(item);
  return text !== '' && text !== title;
};
