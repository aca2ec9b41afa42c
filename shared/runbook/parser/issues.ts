/**
 * Reads sections "Issue: ...": known problems and what helps. Each code block becomes a branch, and each address a branch to
 * use that dashboard; branches are offered in a step that failed.
 */
import type { Code, Link, ListItem, Node } from 'mdast';
import { commandsOf, type Reading } from './content.ts';
import { dashboardStep } from '../dashboard-step.ts';
import { readFence } from './fence.ts';
import { GIVEN_KIND, STEP_KINDS, type StepKind } from '../../steps/kinds.ts';
import { takesProofs } from '../../steps/proofs.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { Command, Issue, Settings, Step } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import { itemText, itemTitle, plainText } from './nodes.ts';
import type { FoundProcedure } from './procedures.ts';
import { slug, UniqueIds } from './slug.ts';

const ISSUE = /^(?:issue|problem|trouble|failure|fallback)\s*(?:\d+\s*)?[:–—-]\s*(\S.*)$/i;

export function readIssues(
  entries: readonly OutlineEntry[],
  procedures: readonly FoundProcedure[],
  reading: Reading,
  settings: Settings,
): readonly Issue[] {
  const inside = new Set(procedures.flatMap((found) => found.entries));
  // Its commands are read again as commands outside procedures, where their gaps are reported.
  const quiet: Reading = { ...reading, gaps: [], questions: [] };
  return entries.flatMap((entry, index): readonly Issue[] => {
    const title = ISSUE.exec(entry.section.title)?.[1];
    if (title === undefined || inside.has(entry)) return [];
    return [readIssue(title, entries.slice(index, entry.until), quiet, settings)];
  });
}

function readIssue(title: string, entries: readonly OutlineEntry[], reading: Reading, settings: Settings): Issue {
  const { section } = entries[0] as OutlineEntry;
  const facts = entries.flatMap((entry) => entry.section.facts);
  const factOf = (key: RegExp): string => facts.find((fact) => key.test(fact.key))?.value ?? '';
  const risk = factOf(/risk/i);
  const ids = new UniqueIds();
  const fits: string[] = [];
  const advice: string[] = [];
  const branches: Step[] = [];
  const descend = (node: Node, owner: string): void => {
    let title = owner;
    if (node.type === 'code') {
      const fence = readFence(node as Code, reading.source);
      const kind = fence.hints.step;
      const commands = commandsOf(fence, '', 1, reading);
      if (commands.length === 0) return;
      const last = branches.at(-1);
      if (fence.hints.proof && last !== undefined) {
        // What proves the commands before it; the other kinds know by themselves what to look at.
        if (takesProofs(last)) branches[branches.length - 1] = provenBy(last, commands);
        return;
      }
      fits.push(...fence.hints.fits);
      branches.push(branchOf(commands, kind ?? kindOf(commands, settings), title, fence.hints.id));
      return;
    }
    if (node.type === 'link' && /^https?:/.test((node as Link).url)) branches.push(dashboard((node as Link).url));
    if (node.type === 'listItem') title = firstClause(itemTitle(node as ListItem)) || owner;
    if (node.type === 'listItem' && !holdsCode(node)) advice.push(itemText(node as ListItem));
    let before = title;
    for (const child of 'children' in node ? (node.children as readonly Node[]) : []) {
      descend(child, before);
      if (child.type === 'paragraph' && node.type !== 'listItem') before = sentenceOf(child) || title;
    }
  };
  const place = { line: section.line, start: section.start, end: section.end };
  const branchOf = (commands: readonly Command[], kind: StepKind, owner: string, explicit: string | null): Step => {
    const named =
      definitionOf({ kind }).branch?.title ??
      (owner === section.title ? `Run ${commands[0]?.text.slice(0, 60)}` : owner);
    const id = ids.take(`${section.id}/${explicit ?? slug(named, 'branch')}`);
    const [first, last] = [commands[0], commands.at(-1)];
    return {
      line: first?.line ?? place.line,
      start: first?.start ?? place.start,
      end: last?.end ?? place.end,
      id,
      number: String(branches.length + 1),
      title: named,
      kind,
      commands: commands.map((command, index) => ({ ...command, id: `${id}#${index + 1}` })),
      checks: [],
      messages: [],
      watch: null,
      risk: risk || definitionOf({ kind }).branch?.risk || riskOf(commands),
    };
  };
  const dashboard = (url: string): Step => ({
    ...dashboardStep(ids.take(`${section.id}/dashboard`), url),
    ...place,
    number: String(branches.length + 1),
  });
  for (const entry of entries) descend({ type: 'root', children: entry.nodes } as Node, section.title);
  return {
    ...place,
    id: section.id,
    title,
    symptoms: factOf(/symptom/i),
    fits: [...new Set(fits)],
    advice,
    // Branches that lose data come last.
    branches: branches.toSorted((a, b) => Number(losesData(a)) - Number(losesData(b))),
  };
}

const provenBy = (branch: Step, proofs: readonly Command[]): Step => ({
  ...branch,
  commands: [
    ...branch.commands,
    ...proofs.map((proof, index) => ({ ...proof, id: `${branch.id}#${branch.commands.length + index + 1}` })),
  ],
});

const losesData = (step: Step): boolean => definitionOf(step).branch?.losesData === true;

/** For a fence without step=, recognized by its commands. */
const kindOf = (commands: readonly Command[], settings: Settings): StepKind =>
  STEP_KINDS.find((kind) => definitionOf({ kind }).branch?.recognises?.(commands, settings)) ?? GIVEN_KIND.plain;

const riskOf = (commands: readonly Command[]): string =>
  commands.every(({ effect }) => effect === 'read') ? 'None: it only reads.' : 'Not stated in the runbook.';

function holdsCode(node: Node): boolean {
  return node.type === 'code' || ('children' in node && (node.children as readonly Node[]).some(holdsCode));
}

/** The first sentence of a paragraph, '' for a `**Key**: value` line. */
function sentenceOf(node: Node): string {
  const text = plainText(node).replace(/\s+/g, ' ').trim();
  if (/^(?:symptoms?|solution|risk)\b[^:]*:/i.test(text)) return '';
  return firstClause(text);
}

const firstClause = (text: string): string =>
  (/^.{1,90}?(?=[.:;!?](?:\s|$)|$)/.exec(text)?.[0] ?? `${text.slice(0, 80)}...`).trim();
