import type { ListItem } from 'mdast';
import { gap, type Reading } from './content.ts';
import { readFence } from './fence.ts';
import type { FrontMatterReading } from './front-matter.ts';
import { listedCommands } from './listed-commands.ts';
import { plainText, walk } from './nodes.ts';
import type { Procedure } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import { slug, UniqueIds } from './slug.ts';
import { findSteps, isNumbered, readStep, sectionStep } from './steps.ts';

const OPTION = /^(?:option|procedure|playbook|plan)\s*(?:\w{1,3}\s*)?[:.–—-]\s*(\S.*)$/i;
const TRAITS = /^(?:use when|when to use|risk(?: level)?|time required|expected time|duration|estimated time)$/i;

export interface FoundProcedure {
  readonly procedure: Procedure;
  /** Its section and subsections. */
  readonly entries: readonly OutlineEntry[];
}

/** Finds the procedures, by their headings or by the front matter. Their ids change only with their headings. */
export function findProcedures(
  entries: readonly OutlineEntry[],
  { front, lineOf }: FrontMatterReading,
  reading: Reading,
): readonly FoundProcedure[] {
  const ids = new UniqueIds();
  const idOf = new Map<OutlineEntry, string>();
  const named = Object.entries(front?.procedures ?? {});
  const bySlug = new Map<string, OutlineEntry>();
  for (const entry of named.length === 0 ? [] : entries.toReversed()) bySlug.set(slug(entry.section.title), entry);
  for (const [id, heading] of named) {
    const entry = bySlug.get(slug(heading));
    if (entry !== undefined) idOf.set(entry, ids.take(id));
    else
      gap(
        reading,
        lineOf(['procedures', id]),
        'procedure-not-found',
        `The front matter names a procedure "${heading}", but there is no such heading.`,
        'Write the heading as in the text.',
      );
  }
  const declared = pick(entries, (entry, inside) => idOf.has(entry) || looksDeclared(entry, inside));
  const withCommands = () => pick(entries, (entry, inside) => hasCommands(entry, reading, inside));
  const found = declared.length > 0 ? declared : withCommands();
  const chosen = found.length > 0 ? found : pick(entries, isTold);
  return chosen.map((own) => {
    const [entry] = own as readonly [OutlineEntry];
    const short = slug(OPTION.exec(entry.section.title)?.[1] ?? entry.section.title, 'procedure');
    const id = idOf.get(entry) ?? ids.take(short, entry.section.id);
    return { procedure: readProcedure(id, own, reading), entries: own };
  });
}

/** The outermost sections that fit, each with its subsections. */
function pick(
  entries: readonly OutlineEntry[],
  fits: (entry: OutlineEntry, inside: readonly OutlineEntry[]) => boolean,
): readonly (readonly OutlineEntry[])[] {
  const picked: (readonly OutlineEntry[])[] = [];
  for (let index = 0; index < entries.length; ) {
    const entry = entries[index] as OutlineEntry;
    const inside = entries.slice(index, entry.until);
    const found = entry.section.level > 0 && fits(entry, inside);
    if (found) picked.push(inside);
    index = found ? entry.until : index + 1;
  }
  return picked;
}

function looksDeclared(entry: OutlineEntry, inside: readonly OutlineEntry[]): boolean {
  if (OPTION.test(entry.section.title)) return true;
  return entry.section.facts.some(({ key }) => TRAITS.test(key)) && findSteps(inside).length > 0;
}

/** In a runbook without declared procedures, every section with commands (directly or under "Steps") is one. */
function hasCommands(entry: OutlineEntry, reading: Reading, inside: readonly OutlineEntry[]): boolean {
  const steps = inside
    .slice(1)
    .filter(({ section }) => /^(?:steps?|instructions|(?:step\s+)?\d+[.):]?\s.*)$/i.test(section.title));
  if (listedCommands(entry.nodes).length > 0) return true;
  return [entry, ...steps].some(({ nodes }) =>
    nodes.some((root) => {
      let found = false;
      walk(root, (node) => {
        if (node.type === 'code' && readFence(node as never, reading.source).role === 'commands') found = true;
      });
      return found;
    }),
  );
}

const TOLD =
  /\b(?:roll(?:s|ed|ing)?[ -]?back|rollback|procedures?|steps|recover\w*|restor\w*|fail[ -]?over|mitigat\w*|revert\w*|playbook|runbook)\b/i;

/** In a runbook without any command, a section that says so is one when it has numbered steps: a person does them. */
const isTold = ({ section, nodes }: OutlineEntry): boolean =>
  TOLD.test(section.title) &&
  nodes.some(
    (node) =>
      node.type === 'list' &&
      node.ordered === true &&
      // A table of contents is a list of links.
      node.children.filter((item) => !isLink(item)).length > 1,
  );

const isLink = (item: ListItem): boolean => {
  const [paragraph] = item.children;
  return (
    paragraph?.type === 'paragraph' &&
    paragraph.children.every((child) => child.type === 'link' || plainText(child).trim() === '')
  );
};

function readProcedure(id: string, entries: readonly OutlineEntry[], reading: Reading): Procedure {
  const { section } = entries[0] as OutlineEntry;
  const found = findSteps(entries);
  const numbered = entries.some(({ nodes }) => nodes.some(isNumbered));
  const unnumbered = found.length === 0 && entries.some((entry) => hasCommands(entry, reading, [entry]));
  if (unnumbered) {
    gap(
      reading,
      section.line,
      'no-numbers',
      `"${section.title}" has commands but no numbered steps; it became one step.`,
      'Number its steps, each with one purpose.',
    );
  } else if (found.length === 0 && !numbered) {
    gap(
      reading,
      section.line,
      'no-steps',
      `"${section.title}" is a procedure without steps.`,
      'Add a numbered list with the commands under each number.',
    );
  }
  const ids = new UniqueIds();
  const raws = unnumbered ? [sectionStep(entries, section.title)] : found;
  return {
    line: section.line,
    start: section.start,
    end: section.end,
    id,
    title: section.title,
    facts: entries.flatMap((entry) => entry.section.facts),
    steps: raws.map((raw) => readStep(raw, id, ids, reading)),
  };
}
