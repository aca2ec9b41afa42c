/** One check of the readiness board, and what it may use. */
import { allCommands, callsTool } from '#shared/runbook/commands.ts';
import type { ReadyGroup, ReadyItem, ReadyState } from '#shared/readiness/readiness.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { NeededProgram } from '#shared/runbook-check/programs.ts';
import type { RunbookSettings, ShellView } from '#shared/settings/settings.ts';
import type { Fetch } from '#core/network/machine-fetch.ts';
import type { Clock, HttpProbe, ToolLocator } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import type { Store } from '#core/store/store.ts';

export interface ReadinessInput {
  readonly model: Runbook;
  /** Whether this is the bundled runbook, which scenarios play, and whether an incident used any version of this runbook. */
  readonly practised: {
    readonly bundled: boolean;
    readonly isOf: (incident: { readonly runbookHash: string }) => boolean;
  };
  /** The programs that its commands need on PATH. */
  readonly programs: readonly NeededProgram[];
  /** The repaired text of the runbook. */
  readonly source: string;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly tools: ToolLocator;
  readonly http: HttpProbe;
  readonly fetch: Fetch;
  readonly store: Pick<Store, 'folder' | 'list' | 'events'>;
  /** Settings of this runbook on this machine. */
  readonly settings: RunbookSettings;
  /**
   * The value of a secret, which is never shown; null when the settings have no source. Rejects with the reason it
   * cannot be read.
   */
  readonly readSecret: (name: string) => Promise<string | null>;
  readonly host: 'desktop' | 'loopback' | 'cli';
  /** null where no login shell is asked. */
  readonly shell: ShellView | null;
  /** Runs a read-only command to its end; `code` null: stopped by the limit. Never rejects. */
  readonly read: (
    tool: string,
    args: readonly string[],
    limitMs?: number,
    environment?: Environment,
  ) => Promise<ReadAnswer>;
}

export type ReadAnswer =
  /** `why` as a sentence without its stop: the tool is not installed, or came with the runbook. */
  | { readonly kind: 'not-asked'; readonly why: string }
  | { readonly kind: 'answer'; readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** One thing to look at. All of them are looked at in parallel. */
export interface ReadyCheck {
  readonly id: string;
  readonly group: ReadyGroup;
  readonly title: string;
  readonly look: () => Promise<Found>;
}

export interface Found {
  readonly state: ReadyState;
  readonly detail: string;
  readonly fix: string | null;
}

/** The checks that a runbook needs. */
export type ChecksOf = (input: ReadinessInput) => readonly ReadyCheck[];

export const ok = (detail: string): Found => ({ state: 'ok', detail, fix: null });
export const warning = (detail: string, fix: string): Found => ({ state: 'warning', detail, fix });
export const failed = (detail: string, fix: string): Found => ({ state: 'failed', detail, fix });
export const unknown = (detail: string, fix: string | null = null): Found => ({ state: 'unknown', detail, fix });

export const itemOf = ({ id, group, title }: ReadyCheck, found: Found): ReadyItem => ({ id, group, title, ...found });

/** The first useful line of a failed command's output. */
export function firstLine(answer: { readonly stdout: string; readonly stderr: string }): string {
  const lines = `${answer.stderr}\n${answer.stdout}`.replace(/\u001b\[[0-9;]*m/g, '').split('\n');
  return (
    lines
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 200) ?? 'it said nothing'
  );
}

export const uses = (model: Runbook, tool: string): boolean =>
  allCommands(model).some(({ text }) => callsTool(text, tool));
