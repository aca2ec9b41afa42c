import type { Root } from 'mdast';
import { readAuthority } from './parser/authority.ts';
import type { Reading } from './parser/content.ts';
import { decodeRunbook, rawBytes, repairSymbols } from './parser/decode.ts';
import { type FrontMatterReading, readFrontMatter } from './parser/front-matter.ts';
import { readFollowUps } from './parser/follow-ups.ts';
import { findGaps } from './parser/gaps.ts';
import { readLooseContent } from './parser/loose-content.ts';
import { LONGEST_SCRIPT, mustFit } from './limits.ts';
import { type Markdown, parseMarkdown } from './parser/markdown/markdown.ts';
import { withHtmlCode } from './parser/html-code.ts';
import { readMatrix } from './parser/matrix.ts';
import { MODEL_VERSION, type Gap, type Runbook } from './model.ts';
import { blocksOf, outline, type OutlineEntry } from './parser/outline.ts';
import { Lines } from './place.ts';
import { undeclaredVariables, variablesFor } from './parser/questions.ts';
import { readIssues } from './parser/issues.ts';
import { findProcedures } from './parser/procedures.ts';

export interface ParsedRunbook {
  readonly model: Runbook;
  /** The repaired text all positions are in. */
  readonly source: string;
  /** Shown in the reference; raw HTML is shown as text. */
  readonly tree: Root;
  /** `sha256` of the raw bytes, which trust depends on; null without `sha256`. */
  readonly hash: string | null;
}

/**
 * Parses a Markdown runbook. What it does not understand becomes a gap; no text is dropped.
 * @param raw at most 1 MB of UTF-8, line ends of any kind, a byte order mark allowed.
 * @param name of the file, for error messages.
 * @throws RollbookError `too-large`, `not-text` or `bad-front-matter`.
 */
export function parseRunbook(
  raw: Uint8Array | string,
  name: string,
  sha256?: (bytes: Uint8Array) => string,
): ParsedRunbook {
  const { text: source, count } = repaired(raw, name);
  const front = readFrontMatter(source, name);
  const markdown = parseMarkdown(source, name, front.end);
  const { tree } = markdown;
  const model = readModel(markdown, source, name, front, count > 0);
  return { model, source, tree, hash: sha256 === undefined ? null : sha256(rawBytes(raw)) };
}

const repaired = (raw: Uint8Array | string, name: string) => repairSymbols(decodeRunbook(raw, name));

/** The repaired text, which the positions of the model are in. Throws `too-large` or `not-text`. */
export const readableText = (raw: Uint8Array | string, name: string): string => repaired(raw, name).text;

function readModel(
  { tree, plain }: Markdown,
  source: string,
  name: string,
  front: FrontMatterReading,
  wasRepaired: boolean,
): Runbook {
  const lines = new Lines(source);
  const entries = outline(withHtmlCode(tree, source, lines), source, lines);
  const reading: Reading = {
    source,
    lines,
    gaps: [...front.gaps, ...plainPassages(plain, lines)],
    questions: [],
    used: new Set(),
  };
  const found = findProcedures(entries, front, reading);
  const procedures = found.map(({ procedure }) => procedure);
  const issues = readIssues(entries, found, reading, front.settings);
  const loose = readLooseContent(entries, reading);
  const steps = procedures.flatMap((procedure) => procedure.steps);
  const commands = [...steps.flatMap((step) => step.commands), ...loose.commands];
  mustFit('commands', commands.length, name);
  const read = commands.filter(({ text }) => text.length <= LONGEST_SCRIPT);
  mustFit(
    'commandText',
    read.reduce((sum, { text }) => sum + text.length, 0),
    name,
  );
  const followUps = readFollowUps(entries, found, reading);
  const messages = [...steps.flatMap((step) => step.messages), ...loose.messages];
  // Commands outside procedures are read, not run: nobody is asked for their values.
  const asked = variablesFor(reading.questions);
  const declared = front.settings.variables;
  const run = [
    ...steps.flatMap((step) => step.commands),
    ...issues.flatMap(({ branches }) => branches).flatMap((branch) => branch.commands),
  ];
  const used = new Set(run.flatMap((command) => command.variables));
  const open = Object.fromEntries(
    Object.entries({ ...asked, ...declared }).filter(([name]) => used.has(name) || Object.hasOwn(declared, name)),
  );
  const variables = { ...undeclaredVariables(run, open), ...open };
  const model = {
    version: MODEL_VERSION,
    title: titleOf(front, entries, name, reading.gaps),
    facts: factsBeforeSections(entries),
    settings: { ...front.settings, variables },
    matrix: { rows: readMatrix(entries, procedures, front, reading) },
    authority: readAuthority(entries, found, front, reading),
    procedures,
    checklists: loose.checklists,
    messages: messages.sort((a, b) => a.start - b.start),
    otherCommands: loose.commands,
    ...(followUps.length === 0 ? {} : { followUps }),
    ...(issues.length === 0 ? {} : { issues }),
    repaired: wasRepaired,
  } as const;
  const gaps = [...reading.gaps, ...findGaps(model, front, reading.gaps)].sort((a, b) => a.line - b.line);
  return { ...model, sections: entries.map(({ section }) => section), blocks: blocksOf(tree, source, lines), gaps };
}

/** Gaps for passages that are kept as plain text, without structure. */
function plainPassages(plain: readonly number[], lines: Lines): readonly Gap[] {
  return [...new Set(plain.map((offset) => lines.lineOf(offset)))].map((line) => ({
    line,
    code: 'plain-text',
    message: 'A very long or very deeply nested passage is shown as plain text.',
    advice: 'Put pasted output into a code block (```text), or break it up with empty lines.',
  }));
}

function titleOf({ title }: FrontMatterReading, entries: readonly OutlineEntry[], name: string, gaps: Gap[]): string {
  const headings = entries.filter(({ section }) => section.level > 0 && section.title !== '');
  const heading = headings.find(({ section }) => section.level === 1) ?? headings[0];
  if (title === null && heading === undefined) {
    gaps.push({
      line: 1,
      code: 'no-title',
      message: 'The runbook has no heading.',
      advice: 'Start it with "# " and its title.',
    });
  }
  return title ?? heading?.section.title ?? name;
}

/** The facts before the first heading and directly under the title. */
function factsBeforeSections(entries: readonly OutlineEntry[]): Runbook['facts'] {
  const later = entries.findIndex(
    ({ section }, index) =>
      section.level > 1 || (section.level === 1 && index > (entries[0]?.section.level === 0 ? 1 : 0)),
  );
  return entries.slice(0, later < 0 ? undefined : later).flatMap(({ section }) => section.facts);
}
