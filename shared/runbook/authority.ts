import type { Node, TableRow } from 'mdast';
import type { FrontMatterReading } from './front-matter.ts';
import { walk } from './walk.ts';
import type { Reading } from './content.ts';
import type { Approver, AuthorityRule, Gap, Place } from './model.ts';
import type { OutlineEntry } from './outline.ts';
import type { Lines } from './place.ts';
import { firstLine, plainText } from './plain-text.ts';
import type { FoundProcedure } from './procedures.ts';
import { parseSeverities } from './severity.ts';

/** Code of the gap of a line about a severity that names nobody Rollbook knows. */
export const NOT_UNDERSTOOD = 'authority-not-understood';

const AUTHORITY_HEADING = /\b(?:authority|approvals?|who (?:may|can|decides))\b/i;
const NEEDS_APPROVAL =
  /\b(?:requires?|needs?|get|obtain|ask for)\b.{0,40}\bapproval\b|\bapproval\b.{0,20}\brequired\b/i;

/** In falling order of strictness: a line that names several people asks for the strictest of them. */
const APPROVERS: readonly (readonly [Approver, RegExp])[] = [
  ['manager', /\b(?:manager|director|head of|cto|vp|executive)\b/i],
  ['team-lead', /\blead\b/i],
  ['anyone', /\b(?:any(?:one|body)?|every(?:one|body)|no approval|no one|nobody)\b/i],
];

/** Who may decide, from "authority" sections by severity, from procedures' own lines, and from the front matter. */
export function readAuthority(
  entries: readonly OutlineEntry[],
  procedures: readonly FoundProcedure[],
  front: FrontMatterReading,
  { lines, gaps }: Reading,
): readonly AuthorityRule[] {
  const bySeverity = entries
    .filter(({ section }) => AUTHORITY_HEADING.test(section.title))
    // A quotation comments on the rules (why the stricter wins, say); it is none itself.
    .flatMap(({ nodes }) =>
      paragraphsIn(
        nodes.filter(({ type }) => type !== 'blockquote'),
        lines,
      ),
    )
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
  message: `"${text}" does not say who may decide in words Rollbook knows.`,
  advice: 'Say anyone, team lead or manager behind the severity.',
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

/** Lines of text in lists, paragraphs and tables. */
function paragraphsIn(
  nodes: readonly Node[],
  lines: Lines,
): readonly { readonly text: string; readonly place: Place }[] {
  const found: { text: string; place: Place }[] = [];
  for (const root of nodes) {
    // A quote comments on the rules, it does not make them.
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
