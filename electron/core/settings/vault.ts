/**
 * The platform's own store for secrets, through the program that every host of Rollbook can call: `security` on macOS,
 * `secret-tool` (libsecret) on Linux. Values go through stdin, never through arguments, which a process list shows.
 */
import { RollbookError } from '#shared/api/result.ts';
import type { VaultName } from '#shared/settings/settings.ts';
import type { Clock } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import { runToEnd } from '#core/runner/run-to-end.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';

export interface Vault {
  readonly name: VaultName;
  /** Name for people. */
  readonly title: string;
  /** null: it holds nothing under that account. Code: `environment` (locked, no answer). */
  get(account: string): Promise<string | null>;
  /** Code: `environment`. */
  set(account: string, value: string): Promise<void>;
  /** Removing a missing account is not an error. */
  remove(account: string): Promise<void>;
}

const LIMIT_MS = 15_000;
/** More than any secret, bytes. */
const ANSWER_MAX = 1024 * 1024;
const SERVICE = 'rollbook';
/**
 * `security -w` prints values as hex unless they are plain text, so they are stored as base64 after this mark (as go-
 * keyring does).
 */
const MARK = 'rollbook-base64:';

/** The store of this platform, or null when its program is not there. */
export function platformVault(
  environment: Environment,
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
): Vault | null {
  if (platform === 'darwin') {
    const path = pathOfTool('security', environment);
    return path === null ? null : macVault(runner(path, environment, clock));
  }
  if (platform === 'win32') return null;
  const path = pathOfTool('secret-tool', environment);
  return path === null ? null : secretToolVault(runner(path, environment, clock));
}

/** libsecret's secret-tool(1): `store` reads the value from stdin, `lookup` ends with 1 and prints nothing when there is none. */
function secretToolVault(run: Run): Vault {
  const attributes = (account: string): string[] => ['service', SERVICE, 'account', account];
  return {
    name: 'secret-tool',
    title: 'keyring of this desktop (secret-tool)',
    async get(account) {
      const { code, stdout, stderr } = await run(['lookup', ...attributes(account)]);
      if (code === 0) return stdout;
      if (stderr.trim() === '') return null;
      throw refused('The keyring did not answer', stderr);
    },
    async set(account, value) {
      const args = ['store', `--label=Rollbook ${account}`, ...attributes(account)];
      const { code, stderr } = await run(args, value);
      if (code !== 0) throw refused('The keyring did not keep the secret', stderr);
    },
    async remove(account) {
      await run(['clear', ...attributes(account)]);
    },
  };
}

/** security(1): commands read from stdin by `-i`; exit 44 is "could not be found". */
function macVault(run: Run): Vault {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return {
    name: 'security',
    title: 'keychain of this Mac',
    async get(account) {
      const { code, stdout, stderr } = await run(['find-generic-password', '-s', SERVICE, '-a', account, '-w']);
      if (code === 44) return null;
      if (code !== 0) throw refused('The keychain did not answer', stderr);
      const text = stdout.replace(/\n$/, '');
      return text.startsWith(MARK) ? Buffer.from(text.slice(MARK.length), 'base64').toString('utf8') : text;
    },
    async set(account, value) {
      const kept = `${MARK}${Buffer.from(value).toString('base64')}`;
      const line = `add-generic-password -U -s ${SERVICE} -a ${quoted(account)} -w ${quoted(kept)}\n`;
      const { code, stderr } = await run(['-i'], line);
      if (code !== 0 || stderr.includes('SecKeychain')) throw refused('The keychain did not keep the secret', stderr);
    },
    async remove(account) {
      await run(['delete-generic-password', '-s', SERVICE, '-a', account]);
    },
  };
}

type Run = (
  args: readonly string[],
  input?: string,
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

/** Code: `environment` when there was no answer in time. */
function runner(path: string, env: Environment, clock: Clock): Run {
  return async (args, input = '') => {
    const request = { runId: 'vault', argv: [path, ...args], cwd: process.cwd(), env, effect: 'read', input } as const;
    const { exit, stdout, stderr } = await runToEnd({ ...request, timeoutMs: LIMIT_MS }, clock, ANSWER_MAX);
    if (exit.kind === 'timeout') throw refused(`${path} did not answer within ${LIMIT_MS / 1_000} s`, '');
    return { code: exit.kind === 'code' ? exit.code : -1, stdout, stderr };
  };
}

function refused(what: string, stderr: string): RollbookError {
  const said = stderr.trim().split('\n')[0]?.slice(0, 200) ?? '';
  const message = said === '' ? `${what}.` : `${what}: ${said}`;
  return new RollbookError('environment', message, 'Unlock it, or choose a file or a command as the source.');
}
