/** Prepares a command for spawning: its program, arguments, environment and working folder. */
import { stat } from 'node:fs/promises';
import { RollbookError } from '#shared/api/result.ts';
import type { Command } from '#shared/runbook/model.ts';
import { standsInCheckout } from '#shared/settings/needs.ts';
import { mustBePractice } from '#core/drills/practice-guard.ts';
import { connectionFor } from '#core/platforms/registry.ts';
import type { LocatedTool } from '#core/ports.ts';
import { prepareCommand } from '#core/runner/prepare-command.ts';
import type { IncidentContext } from './incident-context.ts';
import { declaredTarget, givenTo, type Target, valuesOf } from './values.ts';

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
