/** What Rollbook can do for a platform besides running the commands of a runbook. `registry.ts` has a row for each. */
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Command, Runbook, Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';

/** A change that is running. */
export interface MonitoredRun {
  readonly runId: string;
  readonly step: Step;
  readonly command: Pick<Command, 'text' | 'database'>;
  readonly tool: string;
  /** From the runbook; null: it gives none. */
  readonly usualMs: number | null;
}

/** A read-only check that is repeated while a change runs: first after `firstMs`, then every `everyMs` (incident clock). */
export interface Monitor {
  readonly firstMs: number;
  readonly everyMs: number;
  /** `signal` is aborted when the change has ended. Errors are ignored. */
  readonly look: (context: IncidentContext, run: MonitoredRun, signal: AbortSignal) => Promise<void>;
}

/** A command whose output is captured as evidence when an incident is declared. */
export interface Evidence {
  readonly title: string;
  /** Stopped after the time limit of a capture, if it does not end before. */
  readonly argv: readonly [string, ...string[]];
  /** Reads from what it printed which release was in service at a moment; null: it does not say. */
  readonly inService?: (stdout: string, at: number) => InService | null;
}

export type InService = NonNullable<PayloadOf<'evidence.captured'>['inService']>;

/** How a command reaches a target that is named in its fence and not in the command itself. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>;
  /** The assignments that are shown in front of the command, without secrets. */
  readonly shown: string;
}

export interface Platform {
  /** Names of its programs. */
  readonly tools: readonly string[];
  /** `session`: the session name on the server. Null: the fence names no target. */
  readonly connect?: (
    context: IncidentContext,
    command: Pick<Command, 'text' | 'database'>,
    session: string,
  ) => Connection | null;
  /** Runs beside each change made by its tools. */
  readonly monitor?: Monitor;
  /** Logs and state of a service of this platform. */
  readonly evidence?: (runbook: Runbook, service: string) => readonly Evidence[];
}
