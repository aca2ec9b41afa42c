/**
 * Commands of the form `words`: a tool and its arguments, with `$NAME`s in them, and nothing only a shell could do.
 * They become an argument array without any shell: each word is exactly one argument, whatever its variables hold.
 */

import type { Command as ShellCommand, DoubleQuotedChild, Word, WordPart } from 'unbash';

import { RollbookError } from '#shared/contract/result.ts';
import { parseShell, type ShellTree } from './shell.ts';

/** A word as literal text and names of variables, in order. */
export type WordPiece =
  | { readonly text: string }
  | { readonly variable: string; readonly offset: number }
  /** A blank a person was meant to fill, as `[backup-id]`: nothing runs before it is filled. */
  | { readonly blank: string };
export type WordTemplate = readonly WordPiece[];

/** The words of a command, or null when it needs bash (pipes, redirections, substitutions, `FOO=1 cmd`, `~`, `a{b,c}`). */
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
 * The argument array: tool first. `line` is the command's first line in the runbook, `script` the text parsed.
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
    `The command in line ${line} still has the blank ${piece.blank}.`,
    'Put a variable in its place, or copy the command, fill it in and run it elsewhere.',
  );
}

/** Throws `unknown-variable` or `bad-arguments`. */
export function valueOf(name: string, values: Readonly<Record<string, string>>, line: number): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    throw new RollbookError(
      'unknown-variable',
      `$${name} in line ${line} has no value.`,
      `Declare ${name} under \`variables\` in the runbook's front matter, or give it its value.`,
      { variable: name, line },
    );
  }
  if (value.includes('\0'))
    throw new RollbookError(
      'bad-arguments',
      `The value of $${name} in line ${line} holds a NUL character.`,
      'No command can take one; correct the value.',
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
      // `?` stays as in an address, which is what bash makes of it where no file matches: the working folder is empty.
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
