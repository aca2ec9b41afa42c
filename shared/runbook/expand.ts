/**
 * Turns commands of the form `words` (a tool and its arguments, with `$NAME`s, and nothing that needs a shell) into an
 * argument array: each word is exactly one argument, whatever its variables contain.
 */

import type { Command as ShellCommand, DoubleQuotedChild, Word, WordPart } from 'unbash';

import { RollbookError } from '#shared/api/result.ts';
import { parseShell, type ShellTree } from './shell.ts';

/** A part of a word: literal text, a variable or a placeholder. */
type WordPiece =
  | { readonly text: string }
  | { readonly variable: string; readonly offset: number }
  /** A placeholder such as `[backup-id]`: the command is not run before a person fills it in. */
  | { readonly blank: string };
type WordTemplate = readonly WordPiece[];

/** The words of a command, or null when the command needs bash (pipes, redirections, substitutions, `FOO=1 cmd`, `~`, `a{b,c}`). */
export function wordsOf(script: ShellTree): readonly WordTemplate[] | null {
  const [statement, ...others] = script.commands;
  if (statement === undefined || others.length > 0 || (script.errors ?? []).length > 0 || statement.background === true)
    return null;
  const command = statement.command;
  if (command.type !== 'Command' || command.name === undefined || command.prefix.length > 0) return null;
  const words = argumentsOf(command);
  if (words === null) return null;
  const templates = [command.name, ...words].map(templateOf);
  return templates.every((template) => template !== null) ? templates : null;
}

/**
 * The argument array, tool first. `line`: the command's first line in the runbook; `script`: the parsed text.
 * Throws `unknown-variable` naming the variable and its line, `bad-arguments` when the text needs bash or a value holds NUL.
 */
export function expandWords(
  text: string,
  values: Readonly<Record<string, string>>,
  line = 1,
  script = parseShell(text),
): readonly string[] {
  const words = wordsOf(script);
  if (words === null)
    throw new RollbookError(
      'bad-arguments',
      `The command in line ${line} needs a shell.`,
      'Give it the form `script`.',
    );
  return words.map((word) => word.map((piece) => textOf(piece, text, values, line)).join(''));
}

function textOf(piece: WordPiece, text: string, values: Readonly<Record<string, string>>, line: number): string {
  if ('text' in piece) return piece.text;
  if ('variable' in piece) return valueOf(piece.variable, values, line + lineBreaks(text, piece.offset));
  throw new RollbookError(
    'bad-arguments',
    `The command in line ${line} still has the placeholder ${piece.blank}.`,
    'Replace it with a variable, or copy the command, fill it in and run it elsewhere.',
  );
}

/** Throws `unknown-variable` or `bad-arguments`. */
export function valueOf(name: string, values: Readonly<Record<string, string>>, line: number): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    throw new RollbookError(
      'unknown-variable',
      `$${name} in line ${line} has no value.`,
      `Declare ${name} under \`variables\` in the runbook's front matter, or set its value.`,
      { variable: name, line },
    );
  }
  if (value.includes('\0'))
    throw new RollbookError(
      'bad-arguments',
      `The value of $${name} in line ${line} contains a NUL character.`,
      'Arguments cannot contain one: correct the value.',
    );
  return value;
}

function argumentsOf(command: ShellCommand): readonly Word[] | null {
  const words: Word[] = [];
  for (const argument of command.suffix) {
    if (argument.type !== 'Word') return null;
    words.push(argument);
  }
  return words;
}

function templateOf(word: Word): WordTemplate | null {
  if (word.text.startsWith('~')) return null;
  if (word.parts === undefined) return [{ text: word.value }];
  const pieces: WordPiece[] = [];
  for (const part of word.parts) {
    const piece = piecesOf(part);
    if (piece === null) return null;
    pieces.push(...piece);
  }
  return pieces;
}

function piecesOf(part: WordPart | DoubleQuotedChild): WordTemplate | null {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: part.value }];
    case 'Glob':
      // `?` stays, as in an address: bash does the same when no file matches, and the working folder is empty.
      if (part.kind === 'question') return [{ text: part.value }];
      return part.kind === 'bracket' && /^\[[A-Za-z][\w ./-]+\]$/.test(part.text) ? [{ blank: part.text }] : null;
    case 'DoubleQuoted':
    case 'LocaleString': {
      const inner = part.parts.map(piecesOf);
      return inner.every((piece) => piece !== null) ? inner.flat() : null;
    }
    case 'SimpleExpansion':
      return /^\$[A-Za-z_]\w*$/.test(part.text) ? [{ variable: part.text.slice(1), offset: part.pos }] : null;
    case 'ParameterExpansion':
      return part.prefix === undefined &&
        part.index === undefined &&
        part.operation === undefined &&
        /^[A-Za-z_]\w*$/.test(part.parameter)
        ? [{ variable: part.parameter, offset: part.pos }]
        : null;
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return null;
  }
}

const lineBreaks = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;
