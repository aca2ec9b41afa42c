/** Parses a command of a runbook into the programs it calls, with their arguments and surroundings. Nothing is run. */
import { type Command, forEachChild, type Script as Tree, type SyntaxNode, type Word, type WordPart } from 'unbash';
import { LONGEST_SCRIPT } from '../runbook/limits.ts';
import { innerCommand, runsAnother } from '../effects/inner-command.ts';
import { parseShell } from '../runbook/shell.ts';
import { type Placeholder, findPlaceholders, holdsPlaceholder } from './placeholders.ts';

export interface Span {
  /** Offsets in the script's text, `end` exclusive. */
  readonly pos: number;
  readonly end: number;
}

export interface Argument extends Span {
  /** As written, quotes included. */
  readonly text: string;
  /** Quotes removed; `$NAME` stays as it is. */
  readonly value: string;
  /** False when it has a variable, a glob or a placeholder: its value is not known. */
  readonly plain: boolean;
  readonly word: Word;
}

/** One call of a program; wrappers such as `sudo`, `timeout` and `npx` are taken off. */
export interface Call extends Span {
  readonly tool: string;
  readonly args: readonly Argument[];
  readonly text: string;
  /** Named by the path of its file instead of found on PATH. */
  readonly byPath: boolean;
  readonly wrappers: readonly string[];
  /** It runs on another machine or in a container, with the programs that are there. */
  readonly elsewhere: boolean;
  /** Names assigned in front of it: `FLY_APP=x fly status`. */
  readonly assigns: readonly string[];
  /** True when a file or a here-document is its standard input. */
  readonly redirectsInput: boolean;
  /** The tool that reads its output in a pipe. */
  readonly pipesTo: string | null;
  readonly piped: boolean;
  readonly background: boolean;
  readonly inLoop: boolean;
  /** Its exit code decides what runs next: a condition, or the left of && or ||. */
  readonly gate: boolean;
}

/** A call without its syntax tree, so that it can be sent to another thread. */
export interface PlainCall {
  readonly tool: string;
  readonly args: readonly Pick<Argument, 'value' | 'plain'>[];
}

export interface Script {
  readonly text: string;
  readonly calls: readonly Call[];
  readonly placeholders: readonly Placeholder[];
  readonly tree: Tree;
}

interface Around {
  readonly pipesTo: string | null;
  readonly piped: boolean;
  readonly background: boolean;
  readonly inLoop: boolean;
  readonly gate: boolean;
}

const ALIASES: Readonly<Record<string, string>> = { flyctl: 'fly' };

/** Parses shell text. A text that bash would reject, or that is too long, has no calls. */
export function readScript(text: string): Script {
  const placeholders = text.length > LONGEST_SCRIPT ? [] : findPlaceholders(text);
  // `<version>` would be parsed as two redirections: it is replaced by a word of the same length.
  const covered = coverPlaceholders(text, placeholders);
  const tree = parseShell(covered);
  const calls: Call[] = [];
  const start: Around = { pipesTo: null, piped: false, background: false, inLoop: false, gate: false };
  if ((tree.errors ?? []).length === 0)
    collect(tree, start, (node, around) => calls.push(...readCalls(node, around, text, placeholders)));
  return { text, calls, placeholders, tree };
}

function coverPlaceholders(text: string, placeholders: readonly Placeholder[]): string {
  const parts: string[] = [];
  let reached = 0;
  for (const { pos, end, quoted } of placeholders) {
    if (quoted || text.charAt(pos) !== '<') continue;
    parts.push(text.slice(reached, pos), '_'.repeat(end - pos));
    reached = end;
  }
  return parts.join('') + text.slice(reached);
}

function collect(node: SyntaxNode, around: Around, found: (node: Command, around: Around) => void): void {
  if (node.type === 'Command') found(node, around);
  if (node.type === 'Pipeline') {
    node.commands.forEach((command, index) => {
      const next = node.commands[index + 1];
      collect(command, { ...around, piped: index > 0, pipesTo: next === undefined ? null : toolOf(next) }, found);
    });
    return;
  }
  if (node.type === 'AndOr') {
    node.commands.forEach((command, index) => {
      collect(command, { ...around, gate: around.gate || index < node.operators.length }, found);
    });
    return;
  }
  if (node.type === 'If' || node.type === 'Elif' || node.type === 'While') {
    const loops = around.inLoop || node.type === 'While';
    forEachChild(node, (child) => collect(child, { ...around, inLoop: loops, gate: child === node.clause }, found));
    return;
  }
  const inLoop = around.inLoop || ['While', 'For', 'ArithmeticFor'].includes(node.type);
  const background = around.background || (node.type === 'Statement' && node.background === true);
  forEachChild(node, (child) => collect(child, { ...around, inLoop, background }, found));
}

/** The name of a simple command, '' for anything else. */
export function toolOf(node: SyntaxNode): string {
  return node.type === 'Command' ? nameOf(node.name?.value ?? '') : '';
}

function nameOf(word: string): string {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return ALIASES[name] ?? name;
}

/** A command, and the one that it runs in a container or on another machine. What runs another command here is taken off. */
function readCalls(node: Command, around: Around, text: string, placeholders: readonly Placeholder[]): readonly Call[] {
  const words: Argument[] = [];
  const assigns = node.prefix.flatMap((part) => (part.type === 'Assignment' ? [part.name] : []));
  for (const word of node.name === undefined ? [] : [node.name, ...node.args]) {
    if (word.type === 'Word') words.push(readArgument(word, text, placeholders));
  }
  const redirectsInput = node.redirects.some(
    ({ operator }) => operator === '<' || operator === '<<' || operator === '<<-' || operator === '<<<',
  );
  const end = Math.min(node.end, text.length);
  const calls: Call[] = [];
  const wrappers: string[] = [];
  let elsewhere = false;
  const callOf = (own: readonly Argument[], pos: number): Call => {
    const [name, ...args] = own;
    return {
      ...around,
      tool: name === undefined || !name.plain ? '' : nameOf(name.value),
      byPath: name?.value.includes('/') ?? false,
      args,
      assigns: [...assigns],
      wrappers: [...wrappers],
      elsewhere,
      redirectsInput,
      pos,
      end,
      text: text.slice(pos, end),
    };
  };
  let rest: readonly Argument[] = words;
  let pos = node.pos;
  for (;;) {
    const [first] = rest;
    const starts = first?.plain === true && runsAnother(nameOf(first.value));
    const inner = starts ? innerCommand(rest.map(valueOfWord)) : null;
    if (inner === null) break;
    const runsText = inner.form === 'text';
    assigns.push(...inner.assigns);
    if (inner.elsewhere || runsText) calls.push(callOf(rest.slice(0, runsText ? undefined : inner.at), pos));
    if (runsText) return [...calls, ...callsInText(rest[inner.at], calls, elsewhere || inner.elsewhere)];
    wrappers.push(inner.starter);
    rest = rest.slice(inner.at);
    if (inner.elsewhere) pos = rest[0]?.pos ?? pos;
    elsewhere ||= inner.elsewhere;
  }
  // A wrapper without a command, such as a lone "sudo -i", is a call of its own.
  return [...calls, callOf(rest, pos)];
}

const valueOfWord = ({ value }: Argument, index: number): string => (index === 0 ? nameOf(value) : value);

/** The calls in `bash -c 'TEXT'`, where each character of the text stands as written, so that their places are known. */
function callsInText(word: Argument | undefined, outer: readonly Call[], elsewhere: boolean): readonly Call[] {
  const [around] = outer;
  if (word === undefined || around === undefined || !word.plain) return [];
  if (word.text.slice(1, -1) !== word.value || /[\\$`]/.test(word.value)) return [];
  const shift = word.pos + 1;
  const moved = <T extends Span>(span: T): T => ({ ...span, pos: span.pos + shift, end: span.end + shift });
  return readScript(word.value).calls.map((call) => ({
    ...moved(call),
    args: call.args.map(moved),
    wrappers: [...around.wrappers, around.tool, ...call.wrappers],
    elsewhere: elsewhere || call.elsewhere,
    inLoop: call.inLoop || around.inLoop,
    background: call.background || around.background,
    gate: call.gate || around.gate,
  }));
}

function readArgument(word: Word, text: string, placeholders: readonly Placeholder[]): Argument {
  const { pos, value } = word;
  // With an unclosed quote, the parser's word ends after the end of the text.
  const end = Math.min(word.end, text.length);
  return {
    pos,
    end,
    value,
    word,
    text: text.slice(pos, end),
    plain: !holdsPlaceholder(placeholders, pos, end) && (word.parts ?? []).every(isPlain),
  };
}

function isPlain(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.every((inner) => inner.type === 'Literal');
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
}

/** Calls in the order of their beginning, each with the index of the innermost call around it (-1: none). */
interface Nested {
  readonly calls: readonly Call[];
  readonly around: readonly number[];
}

const NESTED = new WeakMap<Script, Nested>();

/** The innermost call around a part of a script. By binary search: a long script has many calls and many findings. */
export function callAround(script: Script, { pos, end }: Span): Call | undefined {
  const nested = NESTED.get(script) ?? nest(script);
  NESTED.set(script, nested);
  const { calls, around } = nested;
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.pos ?? 0) <= pos) low = middle + 1;
    else high = middle;
  }
  let at = low - 1;
  while (at >= 0 && (calls[at]?.end ?? 0) < end) at = around[at] ?? -1;
  return calls[at];
}

function nest(script: Script): Nested {
  const calls = script.calls.toSorted((a, b) => a.pos - b.pos || b.end - a.end);
  const open: number[] = [];
  const around = calls.map(({ end }, index) => {
    while (open.length > 0 && (calls[open.at(-1) ?? 0]?.end ?? 0) < end) open.pop();
    const innermost = open.at(-1) ?? -1;
    open.push(index);
    return innermost;
  });
  return { calls, around };
}
