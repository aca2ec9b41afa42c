import { count } from '#shared/words/count.ts';
import type { InlineCode, ListItem, Node, RootContent } from 'mdast';
import { checkOf, commandsOf, gap, messageOf, type Reading } from './content.ts';
import { type Fence, readFence } from './fence.ts';
import { fenceOfListed, listedCommands } from './listed-commands.ts';
import { itemTitle, walk } from './nodes.ts';
import { GIVEN_KIND, type StepKind } from '../../steps/kinds.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { Check, Command, Message, Step } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import { proseOf } from './prose.ts';
import { slug, type UniqueIds } from './slug.ts';

/** A step that is not read yet: its title and its nodes. */
export interface RawStep {
  readonly number: string;
  readonly title: string;
  /** Where the title stands: `item`: at the beginning of `nodes`. */
  readonly titledBy: 'heading' | 'item';
  readonly nodes: Node[];
  readonly start: number;
  end: number;
}

const NUMBERED_HEADING = /^(?:step\s+)?(\d+(?:\.\d+)*)(?:\s*[.):–—-])?\s+(\S.*)$/i;
const STEPS_HEADING = /^(?:steps?|procedure|instructions|actions)$/i;

/** Finds the numbered steps of a procedure; `entries`: its section and subsections in order. */
export function findSteps(entries: readonly OutlineEntry[]): readonly RawStep[] {
  const byHeading = entries.slice(1).flatMap((entry, index) => headingStep(entry, entries, index + 1) ?? []);
  if (byHeading.length > 0) return byHeading;
  const named = entries.find((entry) => STEPS_HEADING.test(entry.section.title) && entry.nodes.some(isNumbered));
  return listSteps((named === undefined ? entries : [named]).flatMap((entry) => entry.nodes));
}

function headingStep(entry: OutlineEntry, entries: readonly OutlineEntry[], index: number): RawStep | null {
  const [, number = '', title = ''] = NUMBERED_HEADING.exec(entry.section.title) ?? [];
  if (title === '') return null;
  let until = index + 1;
  while ((entries[until]?.section.level ?? 0) > entry.section.level) until += 1;
  const own = entries.slice(index, until);
  return {
    number,
    title,
    titledBy: 'heading',
    nodes: own.flatMap((part) => part.nodes),
    start: entry.section.start,
    end: entry.section.end,
  };
}

function listSteps(nodes: readonly RootContent[]): readonly RawStep[] {
  const steps: RawStep[] = [];
  for (const node of nodes) {
    const last = steps.at(-1);
    if (node.type === 'list' && node.ordered === true) {
      for (const [index, item] of node.children.entries()) steps.push(itemStep(item, (node.start ?? 1) + index));
    } else if (last !== undefined && belongsToStep(node)) {
      // A block that is not indented under its number belongs to it too.
      last.nodes.push(node);
      last.end = node.position?.end.offset ?? last.end;
    }
  }
  return steps;
}

const belongsToStep = (node: RootContent): boolean =>
  node.type === 'code' ||
  (node.type === 'list' && node.children.some(isTask)) ||
  (node.type === 'blockquote' && node.children.some(({ type }) => type === 'code'));

function itemStep(item: ListItem, number: number): RawStep {
  const start = item.position?.start.offset ?? 0;
  const nodes: Node[] = item.checked == null ? [...item.children] : [item];
  return {
    number: String(number),
    title: itemTitle(item),
    titledBy: 'item',
    nodes,
    start,
    end: item.position?.end.offset ?? start,
  };
}

export function isNumbered(node: Node): boolean {
  return node.type === 'list' && (node as { readonly ordered?: boolean | null }).ordered === true;
}

export function isTask(node: Node): node is ListItem {
  return node.type === 'listItem' && (node as ListItem).checked != null;
}

/** Reads the commands, checks, messages and hints of a step, and marks their nodes as used. */
export function readStep(raw: RawStep, procedureId: string, ids: UniqueIds, reading: Reading): Step {
  const codes: Node[] = [];
  const fences: Fence[] = [];
  const tasks: ListItem[] = [];
  const listed = new Set<Node>(listedCommands(raw.nodes));
  for (const root of raw.nodes) {
    walk(root, (node) => {
      if (node.type === 'code' || listed.has(node)) {
        codes.push(node);
        fences.push(
          node.type === 'code'
            ? readFence(node as never, reading.source)
            : fenceOfListed(node as InlineCode, reading.source),
        );
      } else if (isTask(node)) tasks.push(node);
      else return;
      reading.used.add(node);
    });
  }
  const explicit = fences.flatMap(({ hints }) => hints.id ?? [])[0];
  const title = raw.title === '' ? `Step ${raw.number}` : raw.title;
  const id = ids.take(`${procedureId}/${explicit ?? slug(title, `step-${raw.number}`)}`);
  const commands: Command[] = [];
  const messages: Message[] = [];
  const shownElsewhere = new Set<Node>(tasks);
  for (const [index, fence] of fences.entries()) {
    const own = commandsOf(fence, id, commands.length + 1, reading);
    const message = messageOf(fence, title, `${id}#message-${messages.length + 1}`, reading);
    commands.push(...own);
    if (message !== null) messages.push(message);
    const code = codes[index];
    if (code !== undefined && (own.length > 0 || message !== null)) shownElsewhere.add(code);
  }
  const checks: Check[] = tasks.map((task, index) => checkOf(task, `${id}#check-${index + 1}`, reading));
  const watch = watchOf(fences, reading);
  const kind = kindOf(fences, watch !== null, reading);
  const place = reading.lines.place(raw.start, raw.end);
  return {
    ...place,
    id,
    number: raw.number,
    title,
    kind,
    commands,
    checks,
    messages,
    watch: definitionOf({ kind }).takesWatch === true ? watch : null,
    ...(definitionOf({ kind }).takesServices === true ? severalOf(fences) : {}),
    ...proseOf(raw.nodes, raw.titledBy === 'item' ? raw.title : '', (node) => shownElsewhere.has(node)),
  };
}

function kindOf(fences: readonly Fence[], watches: boolean, reading: Reading): StepKind {
  const kinds = [...new Set(fences.flatMap(({ hints }) => hints.step ?? []))];
  const [first, second] = kinds;
  if (second !== undefined) {
    const line = fences.find(({ hints }) => hints.step === second)?.line ?? 1;
    gap(
      reading,
      line,
      'two-kinds',
      `The step has two kinds, ${first} and ${second}.`,
      'Make it two steps, or remove one of the hints.',
    );
  }
  const line = fences[0]?.line ?? 1;
  if (first !== undefined && definitionOf({ kind: first }).takesWatch === true && !watches) {
    gap(
      reading,
      line,
      'watch-without-length',
      'The watch has no length; it is read as a plain step.',
      'Add watch=30m to the fence.',
    );
    return GIVEN_KIND.plain;
  }
  return first ?? (watches ? GIVEN_KIND.watched : GIVEN_KIND.plain);
}

function severalOf(fences: readonly Fence[]): Pick<Step, 'services' | 'parallel'> {
  const services = [...new Set(fences.flatMap(({ hints }) => hints.services))];
  const parallel = fences.some(({ hints }) => hints.parallel);
  return { ...(services.length === 0 ? {} : { services }), ...(parallel ? { parallel } : {}) };
}

function watchOf(fences: readonly Fence[], reading: Reading): Step['watch'] {
  const fence = fences.find(({ hints }) => hints.watchMinutes !== null);
  if (fence === undefined) return null;
  const minutes = fence.hints.watchMinutes ?? 0;
  const checkpoints = fences.flatMap(({ hints }) => hints.checkpoints).sort((a, b) => a - b);
  for (const late of checkpoints.filter((checkpoint) => checkpoint >= minutes)) {
    gap(
      reading,
      fence.line,
      'late-checkpoint',
      `A checkpoint after ${count(late, 'minute')} is not within a watch of ${count(minutes, 'minute')}.`,
      'Use checkpoints before the end of the watch.',
    );
  }
  return { minutes, checkpoints: [...new Set(checkpoints)].filter((checkpoint) => checkpoint < minutes) };
}

/** A whole section as one step, when its commands are not numbered. */
export function sectionStep(entries: readonly OutlineEntry[], title: string): RawStep {
  const start = entries[0]?.section.start ?? 0;
  return {
    number: '1',
    title,
    titledBy: 'heading',
    nodes: entries.flatMap((entry) => entry.nodes),
    start,
    end: entries[0]?.section.end ?? start,
  };
}
