/**
 * What a command does to the services: read, change or unknown, and whether it destroys something. By the table of its tool
 * (tools/), by its arguments, or by its name. What is not known is unknown, and is treated as a change.
 */
import type { Command as BashCommand } from 'unbash';
import type { Command } from '../runbook/model.ts';
import { parseShell, visit } from '../runbook/shell.ts';
import { TOOL_EFFECTS } from './all-tools.ts';
import { BY_ARGUMENTS, destroysByArguments, harmsByArguments } from './by-arguments.ts';
import { innerCommand, runsAnother } from './inner-command.ts';
import programs from './programs.json' with { type: 'json' };
import { destroysByClient, effectOfClient, isSqlClient } from './sql-clients.ts';
import { bestFit, fitting, readCommand, type ToolEffects } from './tool-effects.ts';

export type Effect = Command['effect'];

export interface Danger {
  /** `destroys` cannot be undone; `harms` can, but takes something down or acts without asking. */
  readonly kind: 'destroys' | 'harms';
  /** In the words of a sentence: "This deletes the volume". */
  readonly what: string;
}

const READERS: ReadonlySet<string> = new Set(programs.read);
const CHANGERS: ReadonlySet<string> = new Set(programs.change);

/** Other names of first subcommands. */
const SUBCOMMANDS: Readonly<Record<string, string>> = { machines: 'machine', backup: 'backups' };

/** Text in text in text: `ssh HOST "sudo bash -c '...'"`. */
const DEEPEST = 5;

/** True for tools whose commands are known here: a code block without a language that starts with one has commands. */
export function isKnownTool(name: string): boolean {
  return BY_ARGUMENTS.has(name) || TOOL_EFFECTS.has(name) || isSqlClient(name);
}

/** The effect of a command on the services; `words` are its plain words, without quotes. `input`: its here-document. */
export const effectOfWords = (words: readonly string[], input: string | null = null): Effect => judge(words, input, 0);

function judge(words: readonly string[], input: string | null, depth: number): Effect {
  const inner = innerOf(words, depth);
  if (inner === null) return ownEffect(words, input);
  const effects = inner.commands.map((command) => judge(command, input, depth + 1));
  return inner.changes ? 'change' : combinedEffect(effects);
}

interface Inner {
  readonly commands: readonly (readonly string[])[];
  /** The outer command is a change itself. */
  readonly changes: boolean;
}

function innerOf(words: readonly string[], depth: number): Inner | null {
  const name = nameOf(words[0] ?? '');
  if (depth > DEEPEST || !runsAnother(name)) return null;
  const found = innerCommand([name, ...words.slice(1)]);
  if (found === null) return null;
  const { form, at, changes } = found;
  return { commands: form === 'words' ? [words.slice(at)] : wordsInText(words[at] ?? ''), changes };
}

/** A command that a shell text runs: the name of its tool in the tables, or of its program, and its words without flags. */
export interface CalledCommand {
  readonly tool: string;
  readonly path: readonly string[];
  readonly effect: Effect;
}

/** The commands that a shell text runs; of one that runs another (`sudo`, `ssh HOST`), the inner one. */
export const calledCommands = (text: string): readonly CalledCommand[] =>
  wordsInText(text).flatMap((words) => innermost(words, 0).map(calledBy));

function innermost(words: readonly string[], depth: number): readonly (readonly string[])[] {
  const inner = innerOf(words, depth);
  return inner === null ? [words] : inner.commands.flatMap((command) => innermost(command, depth + 1));
}

function calledBy(words: readonly string[]): CalledCommand {
  const [given = '', ...rest] = words;
  const table = TOOL_EFFECTS.get(nameOf(given));
  const path = table === undefined ? rest : readCommand(renamed(rest), table).path;
  return { tool: table?.tool ?? nameOf(given), path, effect: effectOfWords(words) };
}

/** The commands of a shell text, as words. */
function wordsInText(text: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  visit(parseShell(text), (node) => {
    if (node.type === 'Command' && node.name !== undefined) found.push(wordsOfCommand(node));
  });
  return found;
}

/** The words of a command, quotes removed. */
const wordsOfCommand = ({ name, args }: BashCommand): readonly string[] =>
  [...(name === undefined ? [] : [name]), ...args].map((word) => (word.type === 'Word' ? word.value : word.text));

function ownEffect(words: readonly string[], input: string | null): Effect {
  const [given = '', ...rest] = words;
  const tool = nameOf(given);
  if (isSqlClient(tool)) return effectOfClient(tool, rest, input);
  const byArguments = BY_ARGUMENTS.get(tool);
  if (byArguments !== undefined) return byArguments(rest);
  if (READERS.has(tool)) return 'read';
  if (CHANGERS.has(tool)) return 'change';
  if (rest.length > 0 && rest.every((word) => /^(?:--version|--help|-h)$/.test(word))) return 'read';
  const table = TOOL_EFFECTS.get(tool);
  if (table === undefined) return rest.includes('--help') ? 'read' : 'unknown';
  if (rest.includes('--help')) return 'read';
  const command = readCommand(renamed(rest), table);
  const read = bestFit(table.read, command);
  const change = bestFit(table.change, command);
  if (read > change) return 'read';
  if (change > 0) return 'change';
  return otherwise(table);
}

const otherwise = (table: ToolEffects): Effect =>
  table.otherwise === 'read' || table.otherwise === 'change' ? table.otherwise : 'unknown';

const renamed = (words: readonly string[]): readonly string[] => words.map((word) => SUBCOMMANDS[word] ?? word);

const nameOf = (word: string): string => word.slice(word.lastIndexOf('/') + 1);

/** The effect of a command in a script. */
export const effectOfCommand = (command: BashCommand): Effect =>
  command.name === undefined ? 'read' : effectOfWords(wordsOfCommand(command), inputOf(command));

/** What makes a command in a script dangerous, or null. */
export const dangerOfCommand = (command: BashCommand): Danger | null =>
  dangerIn(wordsOfCommand(command), inputOf(command), 0);

/** The text that a here-document gives a command, or null. */
function inputOf({ redirects }: BashCommand): string | null {
  const found = redirects.find((redirect) => redirect.type === 'HereDoc' || redirect.type === 'HereString');
  return found?.type === 'HereDoc' ? found.body.text : (found?.target?.value ?? null);
}

/** The effect of several commands: a change if one of them is. */
export function combinedEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('change')) return 'change';
  return effects.length === 0 || effects.includes('unknown') ? 'unknown' : 'read';
}

function dangerIn(words: readonly string[], input: string | null, depth: number): Danger | null {
  const inner = innerOf(words, depth);
  if (inner !== null) return worst(inner.commands.map((command) => dangerIn(command, input, depth + 1)));
  const [given = '', ...rest] = words;
  const tool = nameOf(given);
  const table = TOOL_EFFECTS.get(tool);
  if (rest.includes('--help')) return null;
  // What only prints the plan destroys nothing, and a local copy is made to be thrown away.
  if (rest.some((word) => /^--?dry-?run(?!=none|=false)|^--local$/.test(word))) return null;
  const destroys = destroysByClient(tool, rest, input) ?? destroysByArguments(tool, rest);
  if (destroys !== null) return { kind: 'destroys', what: destroys };
  return (table === undefined ? null : dangerByTable(rest, table)) ?? harmOf(harmsByArguments(tool, rest));
}

function dangerByTable(words: readonly string[], table: ToolEffects): Danger | null {
  const command = readCommand(renamed(words), table);
  const destroys = fitting(table.destroys, command);
  const harms = fitting(table.harms, command);
  // `delete pod` says more than `delete`.
  if (destroys !== null && destroys.score >= (harms?.score ?? 0)) return { kind: 'destroys', what: destroys.what };
  return harmOf(harms?.what ?? null);
}

const harmOf = (what: string | null): Danger | null => (what === null ? null : { kind: 'harms', what });

/** The one that cannot be undone, or else the first. */
export function worst(dangers: readonly (Danger | null)[]): Danger | null {
  const found = dangers.filter((danger) => danger !== null);
  return found.find(({ kind }) => kind === 'destroys') ?? found[0] ?? null;
}
