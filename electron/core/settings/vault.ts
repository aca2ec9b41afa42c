/**
 * The platform's own store for secrets, by the program that every host of Rollbook can call: `security` on macOS,
 * `secret-tool` (libsecret) on Linux. A value travels by stdin, never as an argument that a process list would show.
 */
import { execa } from 'execa';
import { RollbookError } from '#shared/contract/result.ts';
import type { VaultName } from '#shared/settings/settings.ts';
import type { Environment } from '#core/runner/environment.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';

export interface Vault {
  readonly name: VaultName;
  /** What a person calls it. */
  readonly title: string;
  /** null: it holds nothing under that account. Code: `environment` (locked, no answer). */
  get(account: string): Promise<string | null>;
  /** Code: `environment`. */
  set(account: string, value: string): Promise<void>;
  /** No error when there was nothing. */
  remove(account: string): Promise<void>;
}

const LIMIT_MS = 15_000;
const SERVICE = 'rollbook';
/** `security -w` prints what is not plain text as hex; so values are kept as base64 behind this mark (as go-keyring does). */
const MARK = 'rollbook-base64:';

/** The store of this platform, or null when its program is not there. */
export function platformVault(environment: Environment, platform: NodeJS.Platform = process.platform): Vault | null {
  if (platform === 'darwin') {
    const path = pathOfTool('security', environment);
    return path === null ? null : macVault(path, environment);
  }
  if (platform === 'win32') return null;
  const path = pathOfTool('secret-tool', environment);
  return path === null ? null : secretToolVault(path, environment);
}

/** libsecret's secret-tool(1): `store` reads the value from stdin, `lookup` ends with 1 and prints nothing when there is none. */
function secretToolVault(path: string, env: Environment): Vault {
  const attributes = (account: string): string[] => ['service', SERVICE, 'account', account];
  return {
    name: 'secret-tool',
    title: 'keyring of this desktop (secret-tool)',
    async get(account) {
      const { code, stdout, stderr } = await run(path, ['lookup', ...attributes(account)], env);
      if (code === 0) return stdout;
      if (stderr.trim() === '') return null;
      throw refused('The keyring did not answer', stderr);
    },
    async set(account, value) {
      const args = ['store', `--label=Rollbook ${account}`, ...attributes(account)];
      const { code, stderr } = await run(path, args, env, value);
      if (code !== 0) throw refused('The keyring did not keep the secret', stderr);
    },
    async remove(account) {
      await run(path, ['clear', ...attributes(account)], env);
    },
  };
}

/** security(1): commands read from stdin by `-i`; exit 44 is "could not be found". */
function macVault(path: string, env: Environment): Vault {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return {
    name: 'security',
    title: 'keychain of this Mac',
    async get(account) {
      const { code, stdout, stderr } = await run(
        path,
        ['find-generic-password', '-s', SERVICE, '-a', account, '-w'],
        env,
      );
      if (code === 44) return null;
      if (code !== 0) throw refused('The keychain did not answer', stderr);
      const text = stdout.replace(/\n$/, '');
      return text.startsWith(MARK) ? Buffer.from(text.slice(MARK.length), 'base64').toString('utf8') : text;
    },
    async set(account, value) {
      const kept = `${MARK}${Buffer.from(value).toString('base64')}`;
      const line = `add-generic-password -U -s ${SERVICE} -a ${quoted(account)} -w ${quoted(kept)}\n`;
      const { code, stderr } = await run(path, ['-i'], env, line);
      if (code !== 0 || stderr.includes('SecKeychain')) throw refused('The keychain did not keep the secret', stderr);
    },
    async remove(account) {
      await run(path, ['delete-generic-password', '-s', SERVICE, '-a', account], env);
    },
  };
}

async function run(path: string, args: readonly string[], env: Environment, input?: string) {
  const { exitCode, stdout, stderr, timedOut } = await execa(path, args, {
    env,
    extendEnv: false,
    input: input ?? '',
    reject: false,
    timeout: LIMIT_MS,
    stripFinalNewline: false,
  });
  if (timedOut) throw refused(`${path} did not answer within ${LIMIT_MS / 1_000} s`, '');
  return { code: exitCode ?? -1, stdout, stderr };
}

function refused(what: string, stderr: string): RollbookError {
  const said = stderr.trim().split('\n')[0]?.slice(0, 200) ?? '';
  const message = said === '' ? `${what}.` : `${what}: ${said}`;
  return new RollbookError('environment', message, 'Unlock it, or choose a file or a command as the source.');
}
