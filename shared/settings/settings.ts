/** The settings that a team makes once per machine. They have the source of each secret, never its value. */
import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import type { RunbookSettings, SecretSource, Theme, VaultName } from './setting-schemas.ts';

export type { Approver, RunbookSettings, SecretSource, SettingChange, Theme, VaultName } from './setting-schemas.ts';

export const NO_SETTINGS: RunbookSettings = { checkout: null, secrets: {}, approvers: [], connectDatabase: false };

/** A secret of a runbook, as shown in the settings. */
export interface SecretSetting {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly use: string;
  /** The runbook cannot run without it. */
  readonly needed: boolean;
  /** null: not set, so it comes from the environment (Slack: none). */
  readonly source: SecretSource | null;
}

export interface RunbookSettingsView {
  /** Absolute path of its file, or "bundled". The key of its settings, which stay when the file changes. */
  readonly name: string;
  readonly title: string;
  readonly hash: string;
  /** Tools of its commands that run in the checkout. */
  readonly checkoutTools: readonly string[];
  readonly settings: RunbookSettings;
  readonly secrets: readonly SecretSetting[];
  readonly hasDatabase: boolean;
}

/** What came of asking the login shell for the variables that commands get. */
export interface ShellView {
  /** Absolute path. */
  readonly shell: string;
  /** `asking`: until it answers commands get what the app inherited, or its answer before. */
  readonly state: 'asking' | 'read' | 'failed';
  /** Why there is no answer, or what the answer lacks. */
  readonly problem: string | null;
}

export interface SettingsView {
  readonly runbooks: readonly RunbookSettingsView[];
  /** The platform's secret store, or why there is none. */
  readonly vault: { readonly name: VaultName; readonly title: string } | { readonly name: null; readonly why: string };
  /** The approved programs, whose help may be read. */
  readonly programs: readonly ApprovedProgram[];
  readonly singleKeys: boolean;
  /** null: none is asked, because Rollbook was started in a terminal. */
  readonly shell: ShellView | null;
  /** null: the name of the account. */
  readonly operator: string | null;
  readonly theme: Theme;
  readonly sounds: boolean;
  readonly update: { readonly check: boolean; readonly url: string | null };
}

/** Describes a source in words; without the arguments of a command, which may contain secrets. */
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
