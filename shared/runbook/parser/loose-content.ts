import type { Code, ListItem, Node } from 'mdast';
import { checkOf, commandsOf, messageOf, type Reading } from './content.ts';
import { readFence } from './fence.ts';
import type { Checklist, Command, Message } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import { itemTitle } from './nodes.ts';
import { slug, UniqueIds } from './slug.ts';
import { isTask } from './steps.ts';

interface LooseContent {
  readonly checklists: readonly Checklist[];
  readonly messages: readonly Message[];
  readonly commands: readonly Command[];
}

/** Reads the checks, messages and commands outside procedures, by section. */
export function readLooseContent(entries: readonly OutlineEntry[], reading: Reading): LooseContent {
  const checklists: Checklist[] = [];
  const messages: Message[] = [];
  const commands: Command[] = [];
  const ids = new UniqueIds();
  for (const { section, nodes } of entries) {
    const found = collect(nodes, section.title, reading);
    const items = found.tasks.map((item, index) => checkOf(item, `${section.id}#check-${index + 1}`, reading));
    const { line, start, end, id, title } = section;
    if (items.length > 0) checklists.push({ line, start, end, id, title: title === '' ? 'Checklist' : title, items });
    let count = 0;
    for (const { code, owner } of found.fences) {
      const fence = readFence(code, reading.source);
      const own = commandsOf(fence, section.id, count + 1, reading);
      count += own.length;
      commands.push(...own);
      const message = messageOf(fence, owner, '', reading);
      if (message !== null) messages.push({ ...message, id: ids.take(`${section.id}#${slug(owner, 'message')}`) });
    }
  }
  return { checklists, messages, commands };
}

function collect(
  nodes: readonly Node[],
  title: string,
  reading: Reading,
): { tasks: ListItem[]; fences: { code: Code; owner: string }[] } {
  const tasks: ListItem[] = [];
  const fences: { code: Code; owner: string }[] = [];
  const descend = (node: Node, owner: string): void => {
    const used = reading.used.has(node);
    if (isTask(node) && !used) tasks.push(node);
    if (node.type === 'code' && !used) fences.push({ code: node as Code, owner });
    const inner = node.type === 'listItem' ? itemTitle(node as ListItem) || owner : owner;
    if ('children' in node) for (const child of node.children as readonly Node[]) descend(child, inner);
  };
  for (const node of nodes) descend(node, title);
  return { tasks, fences };
}
