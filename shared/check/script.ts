/** A command of a runbook as the rules see it: every program it calls, with arguments and surroundings. Nothing is run. */
import { type Command, forEachChild, type Script as Tree, type SyntaxNode, type Word, type WordPart } from 'unbash';
import { LONGEST_SCRIPT } from '../runbook/limits.ts';
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
  /** False when it holds a variable, a glob or a placeholder: its value cannot be told. */
  readonly plain: boolean;
  readonly word: Word;
}

/** One program that is called, behind `sudo`, `timeout`, `npx` and the like. */
export interface Call extends Span {
  readonly tool: string;
  readonly args: readonly Argument[];
  readonly text: string;
  /** Named by the path of its file, not to be found on PATH. */
  readonly byPath: boolean;
  readonly wrappers: readonly string[];
  /** Names assigned in front of it: `FLY_APP=x fly status`. */
  readonly assigns: readonly string[];
  /** True when a file or a here-document is its standard input. */
  readonly redirectsInput: boolean;
  /** The tool that reads its output in a pipe. */
  readonly pipesTo: string | null;
  readonly piped: boolean;
  readonly background: boolean;
  readonly inLoop: boolean;
}

/** A call without its syntax tree: what may be sent to another thread. */
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
}

const ALIASES: Readonly<Record<string, string>> = { flyctl: 'fly' };

/** Programs that run the one named behind their own flags; `values`: flags with a value, `words`: words before the program. */
const WRAPPERS: Readonly<Record<string, { readonly values: readonly string[]; readonly words: number }>> = {
  sudo: { values: ['-u', '-g', '-h', '-p', '-C'], words: 0 },
  timeout: { values: ['-k', '-s', '--signal', '--kill-after'], words: 1 },
  env: { values: ['-u', '-C'], words: 0 },
  nice: { values: ['-n'], words: 0 },
  nohup: { values: [], words: 0 },
  command: { values: [], words: 0 },
  exec: { values: [], words: 0 },
  npx: { values: ['-p', '--package'], words: 0 },
  bunx: { values: [], words: 0 },
};

/** Reads shell text; of a text that bash would refuse, or that is too long to be read, no calls are told. */
export function readScript(text: string): Script {
  const placeholders = text.length > LONGEST_SCRIPT ? [] : findPlaceholders(text);
  // `<version>` would be read as two redirections: it is covered by a word of the same length.
  const covered = coverPlaceholders(text, placeholders);
  const tree = parseShell(covered);
  const calls: Call[] = [];
  const start: Around = { pipesTo: null, piped: false, background: false, inLoop: false };
  if ((tree.errors ?? []).length === 0)
    collect(tree, start, (node, around) => calls.push(readCall(node, around, text, placeholders)));
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

/** Every node below `node`, itself included, in the order written. */
export function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  forEachChild(node, (child) => visit(child, see));
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

function readCall(node: Command, around: Around, text: string, placeholders: readonly Placeholder[]): Call {
  const words: Argument[] = [];
  const assigns = node.prefix.flatMap((part) => (part.type === 'Assignment' ? [part.name] : []));
  for (const word of node.name === undefined ? [] : [node.name, ...node.args]) {
    if (word.type === 'Word') words.push(readArgument(word, text, placeholders));
  }
  const wrappers: string[] = [];
  let name = words.shift();
  while (name !== undefined && Object.hasOwn(WRAPPERS, nameOf(name.value))) {
    wrappers.push(nameOf(name.value));
    name = unwrap(words, nameOf(name.value), assigns);
  }
  const redirectsInput = node.redirects.some(
    ({ operator }) => operator === '<' || operator === '<<' || operator === '<<-' || operator === '<<<',
  );
  const tool = name === undefined || !name.plain ? '' : nameOf(name.value);
  return {
    ...around,
    tool,
    byPath: name?.value.includes('/') ?? false,
    args: words,
    assigns,
    wrappers,
    redirectsInput,
    pos: node.pos,
    end: Math.min(node.end, text.length),
    text: text.slice(node.pos, node.end),
  };
}

/** Drops a wrapper's own words and answers the program it runs. */
function unwrap(words: Argument[], wrapper: string, assigns: string[]): Argument | undefined {
  const { values, words: own } = WRAPPERS[wrapper] ?? { values: [], words: 0 };
  let left = own;
  for (let next = words.shift(); next !== undefined; next = words.shift()) {
    if (values.includes(next.value)) words.shift();
    else if (next.value.startsWith('-')) continue;
    else if (wrapper === 'env' && /^\w+=/.test(next.value)) assigns.push(next.value.slice(0, next.value.indexOf('=')));
    else if (left > 0) left -= 1;
    else return next;
  }
  return undefined;
}

function readArgument(word: Word, text: string, placeholders: readonly Placeholder[]): Argument {
  const { pos, value } = word;
  // A quote that is never closed lets the parser's word end behind the text.
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
