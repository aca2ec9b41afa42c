import type { Node, TableRow } from 'mdast';
import type { FrontMatterReading } from './front-matter.ts';
import { firstLine, plainText, walk } from './nodes.ts';
import type { Reading } from './content.ts';
import type { Approver, AuthorityRule, Gap, Place } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import type { Lines } from '../place.ts';
import type { FoundProcedure } from './procedures.ts';
import { parseSeverities } from './severity.ts';

/** Code of the gap for a line about a severity whose approver was not recognized. */
export const NOT_UNDERSTOOD = 'authority-not-understood';

const AUTHORITY_HEADING = /\b(?:authority|approvals?|who (?:may|can|decides))\b/i;
const NEEDS_APPROVAL =
  /\b(?:requires?|needs?|get|obtain|ask for)\b.{0,40}\bapproval\b|\bapproval\b.{0,20}\brequired\b/i;

/** Strictest first: for a line that names several people, the strictest one counts. */
const APPROVERS: readonly (readonly [Approver, RegExp])[] = [
  ['manager', /\b(?:manager|director|head of|cto|vp|executive)\b/i],
  ['team-lead', /\blead\b/i],
  ['anyone', /\b(?:any(?:one|body)?|every(?:one|body)|no approval|no one|nobody)\b/i],
];

/** Reads who may decide: by severity from "authority" sections, by procedure from its own text, and from the front matter. */
export function readAuthority(
  entries: readonly OutlineEntry[],
  procedures: readonly FoundProcedure[],
  front: FrontMatterReading,
  { lines, gaps }: Reading,
): readonly AuthorityRule[] {
  const bySeverity = entries
    .filter(({ section }) => AUTHORITY_HEADING.test(section.title))
    .flatMap(({ nodes }) => paragraphsIn(nodes, lines))
    .flatMap(({ text, place }): readonly AuthorityRule[] => {
      const severities = parseSeverities(text);
      const approver = approverIn(text);
      if (approver === null && severities.length > 0) gaps.push(notUnderstood(place.line, text));
      return approver === null || severities.length === 0
        ? []
        : [{ ...place, severities, procedures: [], approver, text }];
    });
  const byProcedure = procedures.flatMap(({ procedure, entries: own }) => {
    const rules = paragraphsIn(
      own.flatMap(({ nodes }) => nodes),
      lines,
    ).flatMap(({ text, place }): readonly AuthorityRule[] => {
      const approver = NEEDS_APPROVAL.test(text) ? approverIn(text) : null;
      return approver === null || approver === 'anyone'
        ? []
        : [{ ...place, severities: [], procedures: [procedure.id], approver, text }];
    });
    return rules.filter((rule, index) => rules.findIndex((other) => other.approver === rule.approver) === index);
  });
  return [...bySeverity, ...byProcedure, ...fromFrontMatter(front, lines)];
}

const notUnderstood = (line: number, text: string): Gap => ({
  line,
  code: NOT_UNDERSTOOD,
  message: `"${text}" does not say who may decide, in words that Rollbook knows.`,
  advice: 'Write anyone, team lead or manager after the severity.',
});

function fromFrontMatter({ front, lineOf }: FrontMatterReading, lines: Lines): readonly AuthorityRule[] {
  return (front?.authority ?? []).map((rule, index) => {
    const line = lineOf(['authority', index]);
    const subject = [...rule.severities, ...rule.procedures].join(', ') || 'everything';
    return {
      line,
      start: lines.startOf(line),
      end: lines.startOf(line + 1),
      ...rule,
      text: `${subject}: ${rule.approver}`,
    };
  });
}

function approverIn(text: string): Approver | null {
  return APPROVERS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

function rowText(row: Node): string {
  return (row as TableRow).children.map((cell) => plainText(cell)).join(': ');
}

/** The paragraphs, list items and table rows, by their first line. Quotations are skipped: they comment on the rules. */
function paragraphsIn(
  nodes: readonly Node[],
  lines: Lines,
): readonly { readonly text: string; readonly place: Place }[] {
  const found: { text: string; place: Place }[] = [];
  for (const root of nodes) {
    if (root.type === 'blockquote') continue;
    walk(root, (node) => {
      if (node.type !== 'paragraph' && node.type !== 'tableRow') return;
      const start = node.position?.start.offset ?? 0;
      found.push({
        text: firstLine(node.type === 'paragraph' ? plainText(node) : rowText(node)),
        place: lines.place(start, node.position?.end.offset ?? start),
      });
    });
  }
  return found;
}
