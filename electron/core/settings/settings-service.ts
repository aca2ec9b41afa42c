/** The settings as a service of the core: what windows and command line read and change. */
import { runbookSettingsSchema, themeSchema, type Approver } from '#shared/settings/setting-schemas.ts';
import { statSync } from 'node:fs';
import { RollbookError } from '#shared/api/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { checkoutToolsOf, secretNeeds } from '#shared/settings/needs.ts';
import {
  NO_SETTINGS,
  type RunbookSettings,
  type RunbookSettingsView,
  type SecretSource,
  type SettingChange,
  type SettingsView,
} from '#shared/settings/settings.ts';
import type { Clock } from '#core/ports.ts';
import { DEFAULT_RUNBOOK } from '#core/runbooks/listed-runbooks.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { Environment } from '#core/runner/environment.ts';
import type { ShellEnvironment } from '#core/runner/shell-environment.ts';
import type { Door } from '#core/redaction-door.ts';
import type { Store } from '#core/store/store.ts';
import type { ProgramApprovals } from '#core/runbook-check/program-approvals.ts';
import { RunbookSecrets } from './runbook-secrets.ts';
import { accountOf, readSecret } from './secret-source.ts';
import type { Vault } from './vault.ts';
import { KNOWN_ROLES, roleStrictness } from '#shared/incident/approval-policy.ts';

/** Keys of the store's settings; those of updates are read by the desktop app (update-check.ts). */
export const KEYS = {
  runbook: 'runbook:',
  singleKeys: 'keys.single',
  operator: 'operator',
  theme: 'theme',
  soundsOff: 'sounds.off',
  updateOff: 'update.off',
  updateUrl: 'update.url',
} as const;

export interface SettingsParts {
  readonly clock: Clock;
  readonly store: Pick<Store, 'settings'>;
  readonly runbooks: Pick<RunbookRepository, 'list' | 'open'>;
  readonly environment: Environment;
  readonly shell: Pick<ShellEnvironment, 'view' | 'refresh'>;
  /** All that can be read from; new secrets go to the first. */
  readonly vaults: readonly Vault[];
  readonly approvals: Pick<ProgramApprovals, 'list' | 'revoke'>;
  readonly door: Pick<Door, 'learn' | 'value' | 'mustBeOpen'>;
}

export class SettingsService {
  #parts: SettingsParts;

  constructor(parts: SettingsParts) {
    this.#parts = parts;
  }

  /** `runbook`: its name. What another version wrote and this one cannot read counts as not set. */
  of(runbook: string): RunbookSettings {
    const stored = this.#parts.store.settings.get(KEYS.runbook + runbook);
    return runbookSettingsSchema.safeParse(stored ?? {}).data ?? NO_SETTINGS;
  }

  async view(): Promise<SettingsView> {
    const { store, runbooks, vaults } = this.#parts;
    const [vault] = vaults;
    const url = store.settings.get(KEYS.updateUrl);
    return {
      runbooks: await Promise.all(
        runbooks
          .list()
          .filter(({ outdated }) => !outdated)
          .map(({ hash, name }) => this.#viewOf(hash, name)),
      ),
      vault: vault === undefined ? { name: null, why: whyNoVault() } : { name: vault.name, title: vault.title },
      programs: this.#parts.approvals.list(),
      shell: this.#parts.shell.view(),
      singleKeys: store.settings.get(KEYS.singleKeys) !== false,
      operator: this.operator(),
      theme: themeSchema.safeParse(store.settings.get(KEYS.theme)).data ?? 'system',
      sounds: store.settings.get(KEYS.soundsOff) !== true,
      update: { check: store.settings.get(KEYS.updateOff) !== true, url: typeof url === 'string' ? url : null },
    };
  }

  /** The name that was set for the person at this machine; null: none was. */
  operator(): string | null {
    const name = this.#parts.store.settings.get(KEYS.operator);
    return typeof name === 'string' && name !== '' ? name : null;
  }

  async #viewOf(hash: string, name: string): Promise<RunbookSettingsView> {
    const { model } = await this.#parts.runbooks.open(hash);
    const settings = this.of(name);
    return {
      name,
      hash,
      title: model.title,
      checkoutTools: checkoutToolsOf(model),
      settings,
      secrets: secretNeeds(model).map((need) => ({ ...need, source: settings.secrets[need.name] ?? null })),
      hasDatabase: model.settings.database !== undefined,
    };
  }

  /** Codes: `not-found` (no such runbook), `bad-arguments`, `not-allowed` (no store for secrets), `environment`. */
  async change(change: SettingChange): Promise<SettingsView> {
    const { settings } = this.#parts.store;
    switch (change.what) {
      case 'single-keys':
        await settings.set(KEYS.singleKeys, change.on);
        break;
      case 'operator':
        await this.#keepOrRemove(KEYS.operator, change.name === null ? null : this.#parts.door.value(change.name));
        break;
      case 'theme':
        await settings.set(KEYS.theme, change.theme);
        break;
      case 'sounds':
        await settings.set(KEYS.soundsOff, !change.on);
        break;
      case 'default-runbook':
        if (change.runbook !== null) this.#mustBeHere(change.runbook);
        await this.#keepOrRemove(DEFAULT_RUNBOOK, change.runbook);
        break;
      case 'revoke-program':
        await this.#parts.approvals.revoke(change.tool);
        break;
      case 'login-shell':
        await this.#parts.shell.refresh();
        break;
      case 'update-check':
        await settings.set(KEYS.updateOff, !change.on);
        break;
      case 'update-url':
        if (change.url !== null) this.#parts.door.mustBeOpen('This address', change.url, 'Give one without it.');
        await this.#keepOrRemove(KEYS.updateUrl, change.url);
        break;
      case 'checkout':
        if (change.path !== null) {
          this.#parts.door.mustBeOpen('This path', change.path, 'Give the checkout a path without it.');
          mustBeFolder(change.path);
        }
        await this.#put(change.runbook, { checkout: change.path });
        break;
      case 'approvers':
        mustBeKnownRoles(change.approvers, this.of(change.runbook).approvers);
        await this.#put(change.runbook, { approvers: this.#parts.door.value(change.approvers) });
        break;
      case 'connect-database':
        await this.#put(change.runbook, { connectDatabase: change.on });
        break;
      case 'secret':
        for (const text of wordsOf(change.source))
          this.#parts.door.mustBeOpen('This source', text, 'Let the command read it from elsewhere.');
        await this.#source(change.runbook, change.name, change.source);
        break;
      case 'keep-secret':
        await this.#keep(change.runbook, change.name, change.value);
        break;
    }
    return await this.view();
  }

  #keepOrRemove(key: string, value: string | null): Promise<void> {
    const { settings } = this.#parts.store;
    return value === null ? settings.remove(key) : settings.set(key, value);
  }

  #mustBeHere(runbook: string): void {
    if (this.#parts.runbooks.list().some(({ name }) => name === runbook)) return;
    throw new RollbookError('not-found', `There is no runbook "${runbook}" here.`, 'Add it first, then set this.');
  }

  async #put(runbook: string, part: Partial<RunbookSettings>): Promise<void> {
    this.#mustBeHere(runbook);
    await this.#parts.store.settings.set(KEYS.runbook + runbook, { ...this.of(runbook), ...part });
  }

  /** The keychain forgets what is not read from it any more. */
  async #source(runbook: string, name: string, source: SecretSource | null): Promise<void> {
    const before = this.of(runbook).secrets;
    const { [name]: old, ...others } = before;
    await this.#put(runbook, { secrets: source === null ? others : { ...others, [name]: source } });
    if (old?.kind !== 'keychain' || source?.kind === 'keychain') return;
    await this.#parts.vaults.find((vault) => vault.name === old.vault)?.remove(accountOf(runbook, name));
  }

  async #keep(runbook: string, name: string, value: string): Promise<void> {
    const [vault] = this.#parts.vaults;
    this.#parts.door.learn([value]);
    if (vault === undefined)
      throw new RollbookError('not-allowed', whyNoVault(), 'Choose a file (0600) or a command as the source.');
    // The setting first, so that an unknown runbook leaves nothing in the keychain.
    await this.#source(runbook, name, { kind: 'keychain', vault: vault.name });
    await vault.set(accountOf(runbook, name), value);
  }

  /** The secrets of an open incident's runbook. */
  secretsOf(name: string, model: Runbook): RunbookSecrets {
    const { learn } = this.#parts.door;
    return new RunbookSecrets({ ...this.#parts, learn, name, model, settings: () => this.of(name) });
  }

  /** The value under a name, or null when nothing was set for it. Code: `environment`. */
  async read(runbook: string, name: string): Promise<string | null> {
    const source = this.of(runbook).secrets[name];
    if (source === undefined) return null;
    const value = await readSecret(runbook, name, source, this.#parts);
    this.#parts.door.learn([value]);
    return value;
  }
}

/** The texts of a source that are stored. */
function wordsOf(source: SecretSource | null): readonly string[] {
  if (source?.kind === 'file') return [source.path];
  return source?.kind === 'command' ? [source.argv.join(' ')] : [];
}

function mustBeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new RollbookError(
    'bad-arguments',
    `${path} is not a folder of this machine.`,
    'Give the path of the checkout.',
  );
}

function whyNoVault(): string {
  switch (process.platform) {
    case 'win32':
      return 'On Windows only the desktop app can keep secrets.';
    case 'darwin':
      return "The program security, which reaches this Mac's keychain, is not on PATH.";
    default:
      return 'There is no secret-tool on PATH (package libsecret-tools), so no keyring can be reached.';
  }
}

/**
 * Refuses approvers with a role that may approve nothing. No role is allowed, and so is a role that was stored before:
 * otherwise the other approvers could not be changed. Code: `bad-arguments`.
 */
export function mustBeKnownRoles(approvers: readonly Approver[], before: readonly Approver[]): void {
  const stored = new Set(before.map(({ role }) => role));
  const strange = approvers.find(({ role }) => role !== '' && roleStrictness(role) === 0 && !stored.has(role));
  if (strange === undefined) return;
  throw new RollbookError(
    'bad-arguments',
    `"${strange.role}" (${strange.name}) is no role that may approve.`,
    `A role says one of: ${KNOWN_ROLES}. Leave it out if there is none.`,
  );
}
