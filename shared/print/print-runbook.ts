/** The runbook as one HTML page for printing, with blanks to fill in by hand, for when nothing else works. */
import { allCommands } from '../runbook/commands.ts';
import type { Code, Root, RootContent } from 'mdast';
import { handNote } from '#shared/incident/variables.ts';
import { escalationChain } from '../runbook/escalation.ts';
import type { Command, Runbook, Section } from '../runbook/model.ts';
import type { Finding } from '../runbook-check/finding.ts';
import { escaped, escapedCommand, htmlOf, type Paper } from './html.ts';
import { PAPER_STYLE } from './paper-style.ts';

interface PrintInput {
  /** The model of the corrected text. */
  readonly model: Runbook;
  readonly tree: Root;
  /** The corrections in the printed text. */
  readonly corrected: readonly Finding[];
  /** The remaining findings, by line. */
  readonly findings: readonly Finding[];
  /** SHA-256 of the runbook's file, hex. */
  readonly hash: string;
  /** ms since the epoch. */
  readonly printedAt: number;
}

export function printRunbook({ model, tree, corrected, findings, hash, printedAt }: PrintInput): string {
  const procedures = new Set(model.procedures.map(({ line }) => line));
  const commands = allCommands(model);
  const messages = [
    ...model.messages,
    ...model.procedures.flatMap(({ steps }) => steps.flatMap((step) => step.messages)),
  ];
  const paper: Paper = {
    heading: (line) => (procedures.has(line) ? ' class="procedure"' : ''),
    aroundCode: (code, block) => {
      const [from, until] = linesOf(code);
      const within = <T extends { readonly line: number }>(all: readonly T[]): readonly T[] =>
        all.filter(({ line }) => line >= from && line <= until);
      const mind = within(findings).map(
        ({ severity, message, fix }) =>
          `<p class="mind"><strong>${severity === 'note' ? 'Note' : 'Mind'}:</strong> ${escaped(message)}${fix === undefined ? '' : ` Instead: <code>${escapedCommand(fix)}</code>`}</p>`,
      );
      const own = within(commands);
      const blanks = own.length > 0 ? commandPlaceholders(own) : within(messages).length > 0 ? MESSAGE_BLANKS : '';
      return `<div class="block">${block}${mind.join('')}${blanks}</div>`;
    },
  };
  const contacts = model.sections.filter(({ title }) => /contact|escalat/i.test(title));
  const [inContacts, rest] = divided(tree.children, model.sections, contacts);
  const title = rest[0]?.type === 'heading' && rest[0].depth === 1 ? rest.shift() : undefined;
  const date = new Date(printedAt).toISOString().slice(0, 16).replace('T', ' ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(model.title)}</title>
<style>${PAPER_STYLE}</style>
</head>
<body>
<h1>${title === undefined ? escaped(model.title) : htmlOf(title.type === 'heading' ? title.children : [], paper)}</h1>
<p class="about">Printed ${date} UTC from content ${hash.slice(0, 12)}${corrected.length === 0 ? '' : `, ${corrected.length} corrected (last page)`}. Times in UTC. Do it by hand only where Rollbook cannot run.</p>
<div class="head"><div class="fill">${INCIDENT.map(([label, long]) => blank(label, long)).join('')}</div></div>
${htmlOf(inContacts, paper)}
${chainTable(escalationChain(model))}
${htmlOf(rest, paper)}
${correctedList(corrected)}
</body>
</html>
`;
}

const INCIDENT: readonly (readonly [string, boolean])[] = [
  ['Incident', true],
  ['Severity', false],
  ['Detected at', false],
  ['Lead', true],
  ['Approved by', true],
  ['Mitigated at', false],
];

const blank = (label: string, long = false): string =>
  `<span>${escaped(label)} <span class="line${long ? ' long' : ''}"></span></span>`;

/** A checkbox and blanks for each statement of a block, and a blank for the value of each variable. */
function commandPlaceholders(commands: readonly Command[]): string {
  const databases = [...new Set(commands.flatMap(({ database }) => database ?? []))];
  // An address with a password must not be written on paper.
  const names = [...new Set(commands.flatMap(({ variables }) => variables))].filter(
    (name) => !databases.includes(name),
  );
  const values = names.map((name) => blank(`$${name} =`, true)).join('');
  const first = databases.map((name) => `<p>${escaped(handNote({ database: name }) ?? '')}</p>`).join('');
  const each = commands.map(
    (_, index) =>
      `<div class="fill"><span><span class="box"></span>${commands.length > 1 ? ` ${index + 1}.` : ''} done</span>${blank('at')}${blank('exit code')}${blank('saw', true)}</div>`,
  );
  return `${first}${values === '' ? '' : `<div class="fill">${values}</div>`}${each.join('')}`;
}

const MESSAGE_BLANKS = `<div class="fill"><span><span class="box"></span> sent</span>${blank('at')}${blank('to', true)}</div>`;

function chainTable(chain: readonly string[]): string {
  if (chain.length === 0) return '';
  const rows = chain
    .map((who) => `<tr class="blank"><td>${escaped(who)}</td><td></td><td></td><td></td></tr>`)
    .join('');
  return `<table><thead><tr><th>Escalate to</th><th>Called at</th><th>Reached</th><th>What they said</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function correctedList(corrected: readonly Finding[]): string {
  if (corrected.length === 0) return '';
  const items = corrected.map(
    ({ line, command, message, source }) =>
      `<li>line ${line}: <code>${escapedCommand(command)}</code> ${escaped(message)}${source === undefined ? '' : ` (${escaped(source)})`}</li>`,
  );
  return `<h2 class="procedure">Corrected in this print</h2><ul>${items.join('')}</ul>`;
}

const linesOf = ({ position }: Code): readonly [number, number] => [position?.start.line ?? 0, position?.end.line ?? 0];

/** The contacts come first: they are needed before anything else. */
function divided(
  nodes: readonly RootContent[],
  sections: readonly Section[],
  first: readonly Section[],
): [RootContent[], RootContent[]] {
  const spans = first.map((section) => {
    const after = sections.find((other) => other.start > section.start && other.level <= section.level);
    return [section.start, after?.start ?? Number.POSITIVE_INFINITY] as const;
  });
  const inside = (node: RootContent): boolean => {
    const at = node.position?.start.offset ?? 0;
    return spans.some(([start, end]) => at >= start && at < end);
  };
  return [nodes.filter(inside), nodes.filter((node) => node.type !== 'yaml' && !inside(node))];
}
