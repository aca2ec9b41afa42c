import { type Command as BashCommand, type Statement, type Word, type WordPart } from 'unbash';
import { combinedEffect, dangerOfCommand, effectOfCommand, worst } from '../../effects/effect.ts';
import { readShell, type ShellTree, visit } from '../shell.ts';
import type { Command } from '../model.ts';

/** One command in shell text; offsets are in that text. */
interface ShellStatement extends Pick<Command, 'text' | 'tool' | 'form' | 'effect' | 'danger' | 'variables'> {
  readonly start: number;
  readonly end: number;
}

interface ShellReading {
  readonly statements: readonly ShellStatement[];
  /** Set when bash would reject the text, or when it is too long or too deep; the message is a sentence. */
  readonly error: { readonly message: string; readonly at: number } | null;
}

/** Built-ins that affect later statements: a text that uses them is one script, not several commands. */
const STATEFUL = new Set(
  'cd pushd popd export set shopt unset source . trap shift read alias local declare readonly exit return exec eval'.split(
    ' ',
  ),
);
const BUILT_INS = new Set([...STATEFUL, ...'echo printf sleep true false test [ : wait sudo'.split(' ')]);

/** A placeholder in a command that nobody is asked for. */
const PLACEHOLDER = /\[[A-Za-z][\w ./-]+\]|<[A-Za-z][\w ./-]*>/g;

/** Splits shell text into commands, without the comments between them. Never throws. */
export function readStatements(text: string): ShellReading {
  const read = readShell(text);
  if (typeof read === 'string') return unread(text, `The code block cannot be read as commands: it ${read}.`);
  return readScript(text, read);
}

function unread(text: string, message: string): ShellReading {
  const whole = { start: 0, end: text.length, tool: 'bash', form: 'script', effect: 'unknown' } as const;
  return { statements: [{ ...whole, text, variables: [] }], error: { message, at: 0 } };
}

function readScript(text: string, script: ShellTree): ShellReading {
  const failure = script.errors?.[0];
  const [first] = script.commands;
  const last = script.commands.at(-1);
  if (first === undefined || last === undefined) {
    const at = failure?.pos ?? 0;
    return { statements: [], error: failure === undefined ? null : { message: refusal(failure.message), at } };
  }
  const whole = failure !== undefined || script.commands.some(needsShellState);
  const parts = whole ? [script.commands] : script.commands.map((statement) => [statement]);
  return {
    statements: parts.map((statements) => describe(text, statements, failure !== undefined)),
    error: failure === undefined ? null : { message: refusal(failure.message), at: failure.pos },
  };
}

const refusal = (message: string): string => `bash would reject this: ${message}.`;

function describe(text: string, statements: readonly Statement[], broken: boolean): ShellStatement {
  const start = statements[0]?.pos ?? 0;
  const end = broken
    ? text.trimEnd().length
    : statements.reduce((last, statement) => Math.max(last, endOf(statement)), 0);
  const commands = statements.flatMap(commandsIn);
  const tools = commands.map((command) => command.name?.value ?? '').filter((name) => name !== '');
  const danger = worst(commands.map(dangerOfCommand));
  const [only] = statements;
  const words = !broken && statements.length === 1 && only !== undefined && isPlain(only);
  const written = text.slice(start, Math.max(start, end));
  return {
    text: written,
    start,
    end: Math.max(start, end),
    tool: tools.find((name) => !BUILT_INS.has(name)) ?? tools[0] ?? 'bash',
    form: words ? 'words' : 'script',
    effect: combinedEffect(commands.map(effectOfCommand)),
    ...(danger === null ? {} : { danger: danger.what }),
    variables: variablesIn(statements),
  };
}

function needsShellState(statement: Statement): boolean {
  const { command } = statement;
  if (command.type === 'Pipeline' || command.type === 'AndOr') return false;
  return command.type !== 'Command' || command.name === undefined || STATEFUL.has(command.name.value);
}

/** The body of a here-document comes after the statement's last word. */
function endOf(statement: Statement): number {
  let end = statement.end;
  visit(statement, (node) => {
    if (node.type === 'HereDoc') end = Math.max(end, node.closing?.end ?? node.body.end);
  });
  return end;
}

/** True when the statement is only words, so that it can be spawned without a shell. */
function isPlain({ command, background }: Statement): boolean {
  if (command.type !== 'Command' || background === true || command.name === undefined || command.prefix.length > 0)
    return false;
  return [command.name, ...command.suffix].every((word) => word.type === 'Word' && isPlainWord(word));
}

function isPlainWord(word: Word): boolean {
  return !word.text.startsWith('~') && (word.parts ?? []).every(isPlainPart);
}

function isPlainPart(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
      return part.parts.every(isPlainPart);
    case 'SimpleExpansion':
      return /^\$[A-Za-z_]\w*$/.test(part.text);
    case 'ParameterExpansion':
      return (
        /^[A-Za-z_]\w*$/.test(part.parameter) &&
        part.operation === undefined &&
        part.index === undefined &&
        part.prefix === undefined
      );
    case 'Glob':
      return part.kind === 'bracket' && part.text.replace(PLACEHOLDER, '') === '';
    default:
      return false;
  }
}

function commandsIn(statement: Statement): BashCommand[] {
  const found: BashCommand[] = [];
  visit(statement, (node) => {
    if (node.type === 'Command') found.push(node);
  });
  return found;
}

/** The variables that are not assigned in the text itself, in order of first use. */
function variablesIn(statements: readonly Statement[]): readonly string[] {
  const used = new Set<string>();
  const assigned = new Set<string>();
  for (const statement of statements) {
    visit(statement, (node) => {
      if (node.type === 'Assignment') assigned.add(node.name);
      if (node.type === 'For' || node.type === 'Select') assigned.add(node.name.value);
      const name =
        node.type === 'SimpleExpansion' ? node.text.slice(1) : node.type === 'ParameterExpansion' ? node.parameter : '';
      if (/^[A-Za-z_]\w*$/.test(name)) used.add(name);
    });
  }
  return [...used].filter((name) => !assigned.has(name));
}
