/** What every command of the simulated fly is made of: its call, its errors, its app, and what Fly answers in trouble. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArgumentFile } from '#core/simulator/argument-files.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import { pause, type ToolCall } from '#core/simulator/tool-call.ts';
import type { ParsedFlags } from './cobra.ts';
import { fill, type Holes } from './transcript.ts';
import errors from './transcripts/errors.json' with { type: 'json' };
import refusals from './transcripts/refusals.json' with { type: 'json' };

export interface FlyCall extends ToolCall {
  readonly flags: ParsedFlags;
}

export interface FlyCommand {
  /** `app` needs a login and the name of an app. */
  readonly needs: 'nothing' | 'login' | 'app';
  /** `app` is empty unless needed. @throws FlyError, Interrupted, Killed. */
  run(call: FlyCall, app: string): Promise<void>;
}

/** An error that flyctl prints as `Error: ...` and ends with exit code 1. */
export class FlyError extends Error {
  override readonly name = 'FlyError';
}

export const flyError = (text: keyof typeof errors, holes: Holes = {}): FlyError =>
  new FlyError(fill(errors[text], holes));

export const notPlayed = (what: string): FlyError => new FlyError(`the drill simulator does not play ${what}`);

export const APP = '--app -a';
const CONFIG_FILES = ['fly.toml', 'fly.json', 'fly.yaml'];

/** The app a command is for: `-a`, then FLY_APP, then the configuration file (command.go RequireAppName). */
export function appName(call: FlyCall): string {
  const name = call.flags.text(APP) || call.env['FLY_APP'] || nameInConfig(call);
  if (name) return name;
  throw flyError('no-app');
}

/** Path of the configuration file that is used; null: flyctl uses the configuration of the running release. */
export function configPath(call: FlyCall): string | null {
  const named = call.flags.text('--config -c');
  const paths = named === '' ? CONFIG_FILES.map((file) => join(call.cwd, file)) : [named];
  return paths.find((path) => existsSync(path)) ?? null;
}

function nameInConfig(call: FlyCall): string {
  const path = configPath(call);
  if (path === null) return '';
  const named = readArgumentFile(path);
  if ('why' in named) throw new FlyError(`failed loading app config from ${path}: ${named.why}`);
  return /^\s*"?app"?\s*[=:]\s*["']?([\w-]+)/m.exec(named.text)?.[1] ?? '';
}

type Answer = 'no-network' | 'not-found' | NonNullable<Scenario['trouble']['flyAnswers']>;

/** Waits for Fly. @throws FlyError in the words of the command when it does not answer, or refuses. */
export async function reach(
  call: FlyCall,
  command: keyof typeof refusals.commands,
  app: string,
  id = '',
): Promise<void> {
  await pause(call, call.cloud.read().scenario.latencies.api);
  const answer = answerFor(call.cloud.read().scenario, app);
  if (answer === null) return;
  const { asks, path, says } = refusals.commands[command];
  const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = refusals.answers;
  const why = answers[asks]?.[answer];
  if (why === undefined) throw notPlayed(`how "fly ${command}" ends when Fly answers ${answer}`);
  // Its resolver tries for half a minute.
  if (command === 'logs' && answer === 'no-network') await pause(call, 33_000);
  throw new FlyError(fill(says, { app, id, why: fill(why, { app, path: fill(path, { id }) }) }));
}

function answerFor({ service, trouble }: Scenario, app: string): Answer | null {
  if (trouble.networkDown) return 'no-network';
  if (trouble.flyAnswers !== undefined) return trouble.flyAnswers;
  return app === '' || (app === service.app && !trouble.appMissing) ? null : 'not-found';
}
