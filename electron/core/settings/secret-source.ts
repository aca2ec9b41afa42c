/** Reads a secret from its source. No error message here contains any of what was read. */
import { RollbookError } from '#shared/api/result.ts';
import type { SecretSource } from '#shared/settings/settings.ts';
import type { Clock, Exit } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import { runToEnd } from '#core/runner/run-to-end.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';
import type { Vault } from './vault.ts';
import { readRegular } from '#core/files/read-regular.ts';

/** A password manager may ask for a fingerprint first. */
const COMMAND_LIMIT_MS = 30_000;
const MOST_BYTES = 64 * 1_024;

export interface SourceNeeds {
  readonly clock: Clock;
  /** The environment that commands get; a source of kind `environment` reads it. */
  readonly environment: Environment;
  readonly vaults: readonly Vault[];
}

/** The account name of a runbook's secret in a keychain. */
export const accountOf = (runbook: string, name: string): string => `${runbook}/${name}`;

/** The value without its last line end. Codes: `environment` (missing, not readable, empty). */
export async function readSecret(
  runbook: string,
  name: string,
  source: SecretSource,
  needs: SourceNeeds,
): Promise<string> {
  const value = await read(runbook, name, source, needs);
  const text = value.replace(/\r?\n$/, '');
  if (text === '') throw missing(`The source of ${name} gave nothing`, 'Look at the source, or choose another one.');
  if (text.includes('\0')) throw missing(`The source of ${name} gave no text`, 'Choose another source.');
  return text;
}

async function read(
  runbook: string,
  name: string,
  source: SecretSource,
  { clock, environment, vaults }: SourceNeeds,
): Promise<string> {
  switch (source.kind) {
    case 'environment': {
      const variable = source.variable ?? name;
      const value = environment[variable];
      if (value !== undefined) return value;
      throw missing(`${variable} is not set in the environment`, 'Set it where your login shell sets its variables.');
    }
    case 'keychain': {
      const vault = vaults.find((each) => each.name === source.vault);
      if (vault === undefined)
        throw missing(`${name} is kept by ${source.vault}, which is not there now`, VAULT_ADVICE);
      const value = await vault.get(accountOf(runbook, name));
      if (value !== null) return value;
      throw missing(`The ${vault.title} holds no ${name}`, 'Put it there again under Settings.');
    }
    case 'file':
      return readSecretFile(source.path);
    case 'command':
      return await printed(name, source.argv, environment, clock);
  }
}

const VAULT_ADVICE = 'Open the desktop app if it is kept there, or choose another source under Settings.';

/** A file that only its owner can read. */
function readSecretFile(path: string): string {
  try {
    return readRegular(path, MOST_BYTES, { ownersOnly: true }).toString('utf8');
  } catch (thrown) {
    const [why, advice] = UNREADABLE[(thrown as NodeJS.ErrnoException).code ?? ''] ?? CANNOT_BE_READ;
    throw missing(why(path), advice(path));
  }
}

type Said = readonly [why: (path: string) => string, advice: (path: string) => string];

const NOT_A_FILE: Said = [(path) => `${path} is not a file`, () => 'Give the path of a file.'];
const CANNOT_BE_READ: Said = [(path) => `${path} cannot be read`, () => 'Correct the path or its permissions.'];
const UNREADABLE: Readonly<Record<string, Said>> = {
  EISDIR: NOT_A_FILE,
  ENOTFILE: NOT_A_FILE,
  EFBIG: [(path) => `${path} is too large for a secret`, () => 'Put the value alone into a file.'],
  EOTHERS: [(path) => `${path} can be read by others`, (path) => `Make it yours alone: chmod 600 ${path}`],
  ENOENT: [(path) => `There is no file ${path}`, () => 'Correct the path or its permissions.'],
};

/** Its stderr is not shown, because it may contain the secret. A process that it leaves running is not waited for. */
async function printed(name: string, argv: readonly string[], env: Environment, clock: Clock): Promise<string> {
  const [tool = '', ...args] = argv;
  const path = pathOfTool(tool, env);
  if (path === null)
    throw missing(`${tool}, the source of ${name}, is not on PATH`, 'Install it or give its whole path.');
  const request = { runId: 'secret', argv: [path, ...args], cwd: process.cwd(), env, effect: 'read' } as const;
  const { exit, stdout, whole } = await runToEnd({ ...request, timeoutMs: COMMAND_LIMIT_MS }, clock, MOST_BYTES);
  const wrong = whole ? wrongEnd(exit) : 'printed more than a secret';
  if (wrong !== null)
    throw missing(`${tool}, the source of ${name}, ${wrong}`, `Run ${tool} in a terminal to see why.`);
  return stdout;
}

function wrongEnd(exit: Exit): string | null {
  switch (exit.kind) {
    case 'code':
      return exit.code === 0 ? null : `ended with exit code ${exit.code}`;
    case 'signal':
      return `was ended by ${exit.signal}`;
    case 'timeout':
      return `did not end within ${exit.afterMs / 1_000} s`;
    case 'lost':
      return 'ended, and nobody saw how';
  }
}

const missing = (what: string, advice: string): RollbookError => new RollbookError('environment', `${what}.`, advice);
