import type { ListItem, Node } from 'mdast';
import { targetsIn } from '../../platforms/postgres/client-arguments.ts';
import type { Fence } from './fence.ts';
import { namesIn } from '../expectation.ts';
import { type Hints, isMeantAsRule, unreadHint } from './hints.ts';
import { itemText } from './nodes.ts';
import type { Check, Command, Gap, Message } from '../model.ts';
import type { Expectation } from '../expected.ts';
import type { Lines } from '../place.ts';
import { proseOf } from './prose.ts';
import { fillBlanks, type Question } from './questions.ts';
import { readStatements } from './statements.ts';

/** The state of the parser: the text, its lines, and the gaps found so far. */
export interface Reading {
  readonly source: string;
  readonly lines: Lines;
  readonly gaps: Gap[];
  /** What a person is asked for, because the commands have blanks. */
  readonly questions: Question[];
  /** Fences and items that belong to a step. */
  readonly used: Set<Node>;
}

/** Titles of sections and steps with messages to people. */
const TELLS =
  /\b(?:notif(?:y|ies|ication)s?|messages?|announce(?:ment)?s?|communicat\w*|status page|tell|inform|updates? (?:the |your )?(?:team|users?|customers?|operators?|stakeholders?|everyone|channel|status|management|leadership))\b/i;

/** The commands of a fence, in order, with ids `owner#from` and up. Problems become gaps. */
export function commandsOf(fence: Fence, owner: string, from: number, reading: Reading): readonly Command[] {
  reportHints(fence, reading);
  if (fence.notRun !== null) {
    gap(
      reading,
      fence.line,
      'not-run',
      `A code block in ${fence.notRun} is shown, not run.`,
      'Run it by hand, or call it from a ```bash block; ```text if it is only an example.',
    );
  }
  if (fence.role !== 'commands') return [];
  if (fence.printed) {
    gap(
      reading,
      fence.line,
      'session-output',
      'Lines without a prompt, after lines with one, are taken for what the commands printed.',
      'If they are commands, write all of them without a prompt.',
    );
  }
  if (fence.guessed) {
    gap(
      reading,
      fence.line,
      'no-language',
      'A code block without a language looks like commands and is read as commands.',
      'Write ```bash above it, or ```text if it is not to be run.',
    );
  }
  const filled = fillBlanks(fence.text);
  reading.questions.push(...filled.questions);
  const at = (offset: number): number => fence.at(filled.written(offset));
  const { statements, error } = readStatements(filled.text);
  if (error !== null) {
    const start = at(error.at);
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
    const start = at(statement.start);
    const place = reading.lines.place(start, Math.max(start, fence.at(filled.written(statement.end) - 1) + 1));
    const written = fence.text.slice(filled.written(statement.start), filled.written(statement.end));
    const left = filled.left.filter((blank) => statement.text.includes(blank));
    for (const blank of new Set(left)) {
      gap(
        reading,
        place.line + (statement.text.slice(0, statement.text.indexOf(blank)).match(/\n/g)?.length ?? 0),
        'placeholder',
        `The command has a placeholder that nobody is asked for: ${blank}.`,
        'It stands in text that the shell takes as it is: write "$NAME" outside of the quotes.',
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
      ...(written === text ? {} : { written }),
      ...(left.length === 0 ? {} : { left }),
      tool,
      form,
      effect,
      ...(statement.danger === undefined || effect === 'read' ? {} : { danger: statement.danger }),
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
