import type { ListItem, Node } from 'mdast';
import { targetsIn } from '../../platforms/postgres/client-arguments.ts';
import type { Fence } from './fence.ts';
import { namesIn } from '../expectation.ts';
import { type Hints, isMeantAsRule, unreadHint } from './hints.ts';
import { itemText } from './nodes.ts';
import type { Check, Command, Gap, Message } from '../model.ts';
import type { Expectation } from '../expected.ts';
import { type Lines, linesWithin } from '../place.ts';
import { proseOf } from './prose.ts';
import { PLACEHOLDER, readStatements } from './statements.ts';

/** The state of the parser: the text, its lines, and the gaps found so far. */
export interface Reading {
  readonly source: string;
  readonly lines: Lines;
  readonly gaps: Gap[];
  /** Fences and items that belong to a step. */
  readonly used: Set<Node>;
}

/** Titles of sections and steps with messages to people. */
const TELLS =
  /\b(?:notif(?:y|ies|ication)s?|messages?|announce(?:ment)?s?|communicat\w*|status page|tell|inform|updates? (?:the |your )?(?:team|users?|customers?|operators?|stakeholders?|everyone|channel|status|management|leadership))\b/i;

/** The commands of a fence, in order, with ids `owner#from` and up. Problems become gaps. */
export function commandsOf(fence: Fence, owner: string, from: number, reading: Reading): readonly Command[] {
  reportHints(fence, reading);
  if (fence.role !== 'commands') return [];
  if (fence.guessed) {
    gap(
      reading,
      fence.line,
      'no-language',
      'A code block without a language looks like commands and is read as commands.',
      'Write ```bash above it, or ```text if it is not to be run.',
    );
  }
  const { statements, error } = readStatements(fence.text);
  if (error !== null) {
    const start = fence.at(error.at);
    reading.gaps.push({
      line: reading.lines.lineOf(start),
      code: 'unreadable-command',
      message: error.message,
      advice: 'Correct the command: it cannot be run.',
      at: { start, end: Math.max(start, fence.at(fence.text.length - 1)) + 1 },
    });
  }
  return statements.map((statement, index) => {
    const effect = fence.hints.effect ?? statement.effect;
    const start = fence.at(statement.start);
    const place = reading.lines.place(start, Math.max(start, fence.at(statement.end - 1) + 1));
    const lineOf = statement.placeholders.length === 0 ? null : linesWithin(place.line, statement.text, PLACEHOLDER);
    for (const blank of statement.placeholders) {
      gap(
        reading,
        lineOf?.(blank) ?? place.line,
        'placeholder',
        `The command has a placeholder to fill in: ${blank}.`,
        'Use a variable such as "$NAME" and declare it in the front matter.',
      );
    }
    if (fence.hints.proof && effect !== 'read') {
      gap(
        reading,
        place.line,
        'proof-changes',
        `\`${statement.text}\` is marked as a proof, but it may change something.`,
        'A proof runs without being asked for, so it must only read: use a command that reads, or add effect=read.',
      );
    }
    const { text, tool, form, variables } = statement;
    const { database } = fence.hints;
    if (database !== null && targetsIn(text).length > 0) {
      gap(
        reading,
        place.line,
        'two-databases',
        `\`${text}\` names a database itself, in addition to db=${database}.`,
        'Remove it from the command: it would override db=, so the command is not run.',
      );
    }
    return {
      ...place,
      id: `${owner}#${from + index}`,
      text,
      tool,
      form,
      effect,
      variables: [
        ...new Set([...variables, ...namesIn(rulesOf(fence.hints)), ...(database === null ? [] : [database])]),
      ],
      usualMs: fence.hints.usualMs,
      timeoutMs: fence.hints.timeoutMs,
      ...contractOf(fence.hints, effect),
      ...(fence.hints.runsIn === null ? {} : { runsIn: fence.hints.runsIn }),
      ...(fence.hints.undo === null ? {} : { undo: fence.hints.undo }),
      ...(database === null ? {} : { database }),
    };
  });
}

const rulesOf = ({ exit, expect, reject, unknown }: Hints): Expectation => {
  const unread = unknown.filter(isMeantAsRule);
  return { exit: exit ?? [0], expect, reject, ...(unread.length === 0 ? {} : { unread }) };
};

function contractOf(hints: Hints, effect: Command['effect']): Pick<Command, 'expects' | 'proves'> {
  const { exit, expect, reject, unknown } = hints;
  const ruled = exit !== null || expect !== null || reject !== null || unknown.some(isMeantAsRule);
  return {
    ...(ruled ? { expects: rulesOf(hints) } : {}),
    ...(hints.proof && effect === 'read' ? { proves: { withinMs: hints.withinMs ?? 0 } } : {}),
  };
}

/** A fence as a message to people, or null; `title`: of the step or section around it. */
export function messageOf(fence: Fence, title: string, id: string, reading: Reading): Message | null {
  if (fence.role === 'commands' || fence.hints.example) return null;
  if (!fence.hints.message && (fence.role !== 'text' || !TELLS.test(title))) return null;
  return { ...reading.lines.place(fence.start, fence.end), id, title, text: fence.text };
}

export function checkOf(item: ListItem, id: string, reading: Reading): Check {
  const start = item.position?.start.offset ?? 0;
  const place = reading.lines.place(start, item.position?.end.offset ?? start);
  const questions = questionsOf(item);
  // The first paragraph is the text of the check; lists and commands under it are read by themselves.
  const own = item.children.find(({ type }) => type === 'paragraph');
  const prose = proseOf(item.children, '', (node) => node === own || node.type === 'list' || node.type === 'code');
  return { ...place, id, text: itemText(item), ...(questions.length === 0 ? {} : { questions }), ...prose };
}

function questionsOf(item: ListItem): readonly string[] {
  const lists = item.children.filter((child) => child.type === 'list');
  return lists.flatMap((list) => list.children.filter((each) => each.checked == null).map(itemText)).filter(Boolean);
}

export function gap(reading: Reading, line: number, code: string, message: string, advice: string): void {
  reading.gaps.push({ line, code, message, advice });
}

function reportHints(fence: Fence, reading: Reading): void {
  let from = fence.start;
  for (const word of fence.hints.unknown) {
    const found = reading.source.indexOf(word, from);
    const start = found < 0 || found > fence.end ? fence.start : found;
    from = start + 1;
    const said = unreadHint(word, fence.role !== 'other');
    reading.gaps.push({ ...said, line: fence.line, at: { start, end: start + (start === found ? word.length : 3) } });
  }
}
