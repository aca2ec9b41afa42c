/** Prepares a command for spawning: its program, arguments, environment and working folder. */
import { stat } from 'node:fs/promises';
import { RollbookError } from '#shared/api/result.ts';
import type { Command } from '#shared/runbook/model.ts';
import { standsInCheckout } from '#shared/settings/needs.ts';
import { mustBePractice } from '#core/drills/practice-guard.ts';
import { connectionFor } from '#core/platforms/registry.ts';
import type { LocatedTool } from '#core/ports.ts';
import type { IncidentContext } from './incident-context.ts';
import { declaredTarget, givenTo, type Target, valuesOf } from './values.ts';
import { forEachChild, type SyntaxNode } from 'unbash';
import { expandWords, valueOf } from '#shared/runbook/expand.ts';
import { readShell, type ShellTree } from '#shared/runbook/shell.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';

/**
 * The part of a command that is needed to run it. Rollbook's own readings have only this, as they are not in the runbook.
 */
export type Runnable = Pick<
  Command,
  'id' | 'text' | 'tool' | 'form' | 'line' | 'usualMs' | 'timeoutMs' | 'runsIn' | 'database' | 'expects'
> & {
  readonly effect: 'read' | 'change';
};

/** Time limit of a read-only command whose runbook gives none, ms. */
export const READ_LIMIT_MS = 30_000;

interface ReadyToRun {
  readonly tool: LocatedTool;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The command as shown to people, with values filled in. Not redacted: storing and showing it does that. */
  readonly shown: string;
  /** Working folder; null: an empty one. */
  readonly checkout: string | null;
}

interface RunOptions {
  /** The name of the session on the server it connects to. */
  readonly session: string;
  /** Arguments after those of the command. */
  readonly extra?: readonly string[];
  /** More environment variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The service and release for the runbook's variables; by default the declared service. */
  readonly target?: Target;
}

/**
 * Fills in the variables and finds the program. Codes: `tool-missing`, `unknown-variable`, `bad-arguments`,
 * `environment`.
 */
export async function readyToRun(
  context: IncidentContext,
  command: Runnable,
  { session, extra = [], variables = {}, target = declaredTarget(context.eventLog.state) }: RunOptions,
): Promise<ReadyToRun> {
  await context.secrets?.ensure();
  const given = givenTo(context.eventLog.state, context.secretsGiven);
  const values = valuesOf(target, context.runbook, context.environment, given);
  const { tool: program, args, ...prepared } = prepareCommand(command, values, extra, context.environment);
  const tool = await context.adapter.tools.locate(program);
  if (tool === null) throw missing(program);
  const connection = connectionFor(context, command, session);
  const env = { ...context.environment, ...prepared.environment, ...connection?.environment, ...variables };
  mustBePractice(context.eventLog.state.declared, { tool: program, args, env, effect: command.effect });
  return {
    tool,
    argv: [tool.path, ...args],
    env,
    shown: connection === null ? prepared.shown : `${connection.shown} ${prepared.shown}`,
    checkout: await checkoutFor(context, command),
  };
}

/**
 * The checkout from the settings for a command that runs in one; null: it runs in an empty folder, as in a drill on
 * simulated tools. Code: `environment` when the checkout does not exist, or the runbook needs one and none is set.
 */
async function checkoutFor({ checkout, adapter }: IncidentContext, command: Runnable): Promise<string | null> {
  const stands = standsInCheckout(command);
  if (stands === 'never') return null;
  if (checkout === null) {
    if (stands === 'if-set' || adapter.name !== 'real') return null;
    throw new RollbookError(
      'environment',
      `\`${command.text}\` has to run in a checkout of the repository, and none is set for this runbook.`,
      'Set the checkout path of this runbook under Settings, or by "rollbook settings set checkout PATH".',
    );
  }
  const found = await stat(checkout).catch(() => null);
  if (found?.isDirectory() === true) return checkout;
  throw new RollbookError('environment', `The checkout ${checkout} is not there.`, 'Correct it under Settings.');
}

const missing = (tool: string): RollbookError =>
  new RollbookError(
    'tool-missing',
    `${tool} is not on the PATH of this machine.`,
    `Install ${tool} or correct PATH, then do this step again; or copy the command, run it elsewhere and paste what it printed.`,
  );

/** A command of the runbook with the values of its variables: what to spawn, and what to show. */
interface PreparedCommand {
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
