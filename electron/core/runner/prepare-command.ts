/** A command of the runbook with the values of its variables: what to spawn, and what to show. */

import { forEachChild, type SyntaxNode } from 'unbash';

import { RollbookError } from '#shared/api/result.ts';
import { expandWords, valueOf } from '#shared/runbook/expand.ts';
import { readShell, type ShellTree } from '#shared/runbook/shell.ts';
import type { Command } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';

export interface PreparedCommand {
  /** To be located on PATH; `bash` for scripts. */
  readonly tool: string;
  readonly args: readonly string[];
  /** What the command adds to the environment: the variables of a script. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ready to paste into a shell, values filled in. Not redacted yet: whatever it goes through does that. */
  readonly shown: string;
}

type Source = Pick<Command, 'text' | 'form' | 'line'>;

/**
 * `words`: an argument array, `extra` appended. `script`: `bash -o pipefail -c TEXT`, values in the environment and never
 * in the text; names of `environment` and those the script assigns count as known.
 * Throws `unknown-variable` (with name and line) and `bad-arguments`.
 */
export function prepareCommand(
  command: Source,
  values: Readonly<Record<string, string>>,
  extra: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): PreparedCommand {
  const script = treeOf(command);
  if (command.form === 'words') {
    const [tool = '', ...args] = [...expandWords(command.text, values, command.line, script), ...extra];
    return { tool, args, environment: {}, shown: shellQuote([tool, ...args]) };
  }
  const used = usedBy(command, script, values, environment);
  const args = ['-o', 'pipefail', '-c', command.text];
  const assignments = Object.entries(used).map(([name, value]) => `${name}=${shellQuote([value])}`);
  return { tool: 'bash', args, environment: used, shown: [...assignments, shellQuote(['bash', ...args])].join(' ') };
}

/** A command that cannot be parsed is refused: no rule that guards commands could be applied to it. */
function treeOf({ text, line }: Source): ShellTree {
  const read = readShell(text);
  if (typeof read !== 'string') return read;
  throw new RollbookError(
    'bad-arguments',
    `The command in line ${line} cannot be run from here: it ${read}.`,
    'Put it into a script file, and call that in the runbook.',
  );
}

/** An empty `$SERVICE` in a script could mean every service, so each name must be known before the first line runs. */
function usedBy(
  command: Source,
  script: ShellTree,
  values: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const { read, assigned } = variablesOf(script);
  const used: Record<string, string> = {};
  for (const [name, offset] of read) {
    if (!Object.hasOwn(values, name) && (assigned.has(name) || Object.hasOwn(environment, name) || SHELL_OWN.has(name)))
      continue;
    used[name] = valueOf(name, values, command.line + command.text.slice(0, offset).split('\n').length - 1);
  }
  return used;
}

/** Set by bash itself. */
const SHELL_OWN = new Set([
  'PWD',
  'OLDPWD',
  'RANDOM',
  'SECONDS',
  'LINENO',
  'BASHPID',
  'PIPESTATUS',
  'UID',
  'EUID',
  'PPID',
  'HOSTNAME',
  'IFS',
  'OPTARG',
  'OPTIND',
  'REPLY',
  'EPOCHSECONDS',
]);
/** Expansions such as `${NAME:-fallback}` define what an unset name means. */
const OWN_FALLBACK = new Set(['-', ':-', '=', ':=', '+', ':+', '?', ':?']);
/** Builtins whose plain words are names they set. */
const SETTERS = new Set([
  'read',
  'mapfile',
  'readarray',
  'export',
  'declare',
  'local',
  'typeset',
  'readonly',
  'printf',
  'getopts',
]);

function variablesOf(script: ShellTree): {
  readonly read: ReadonlyMap<string, number>;
  readonly assigned: ReadonlySet<string>;
} {
  const read = new Map<string, number>();
  const assigned = new Set<string>();
  const note = (name: string, offset: number): void => {
    if (/^[A-Za-z_]\w*$/.test(name) && !read.has(name)) read.set(name, offset);
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'SimpleExpansion') note(node.text.slice(1), node.pos);
    if (
      node.type === 'ParameterExpansion' &&
      !(node.operation?.type === 'Default' && OWN_FALLBACK.has(node.operation.operator))
    )
      note(node.parameter, node.pos);
    if (node.type === 'Assignment') assigned.add(node.name);
    if (node.type === 'For') assigned.add(node.name.value);
    if (node.type === 'Command' && SETTERS.has(node.name?.value ?? '')) {
      for (const argument of node.args) if (argument.type === 'Word') assigned.add(argument.value);
    }
    forEachChild(node, visit);
  };
  visit(script);
  return { read, assigned };
}
