/** What a team sets once on a machine. Values of secrets are never among it, only where each is found. */
import type { ApprovedProgram } from '#shared/check/approved-program.ts';
import type { RunbookSettings, SecretSource, VaultName } from './setting-schemas.ts';

export type { Approver, RunbookSettings, SecretSource, SettingChange, VaultName } from './setting-schemas.ts';

export const NO_SETTINGS: RunbookSettings = { checkout: null, secrets: {}, approvers: [], connectDatabase: false };

/** One secret of a runbook as the settings show it. */
export interface SecretSetting {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly use: string;
  /** The runbook cannot run without it. */
  readonly needed: boolean;
  /** null: nothing was set, so the environment decides (Slack: none). */
  readonly source: SecretSource | null;
}

export interface RunbookSettingsView {
  /** Absolute path of its file, or "bundled". What settings are kept under: they outlive a change of the file. */
  readonly name: string;
  readonly title: string;
  readonly hash: string;
  /** Tools of its commands that run in the checkout. */
  readonly checkoutTools: readonly string[];
  readonly settings: RunbookSettings;
  readonly secrets: readonly SecretSetting[];
  readonly hasDatabase: boolean;
}

export interface SettingsView {
  readonly runbooks: readonly RunbookSettingsView[];
  /** The platform's store for secrets, or why there is none. */
  readonly vault: { readonly name: VaultName; readonly title: string } | { readonly name: null; readonly why: string };
  /** Programs beyond the listed ones that may be asked for their help. */
  readonly programs: readonly ApprovedProgram[];
  readonly singleKeys: boolean;
  readonly update: { readonly check: boolean; readonly url: string | null };
}

/** A source in words, for lists; a command's arguments are left out, they may tell more than its name. */
export function sourceWords(source: SecretSource | null): string {
  if (source === null) return 'environment';
  switch (source.kind) {
    case 'environment':
      return source.variable === null ? 'environment' : `environment variable ${source.variable}`;
    case 'keychain':
      return `keychain (${source.vault})`;
    case 'file':
      return `file ${source.path}`;
    case 'command':
      return `command ${source.argv[0] ?? ''}`;
  }
}
