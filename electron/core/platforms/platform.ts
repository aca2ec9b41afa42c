/** What a platform does beside the commands of a runbook. `registry.ts` has a row for each. */
import type { Command, Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';

/** A change that runs now. */
export interface MonitoredRun {
  readonly runId: string;
  readonly step: Step;
  readonly command: Pick<Command, 'text' | 'database'>;
  readonly tool: string;
  /** As the runbook says it. */
  readonly usualMs: number | null;
}

/** A read-only look beside a change, again and again. ms of the incident's clock, counted from when the change runs. */
export interface Monitor {
  readonly firstMs: number;
  readonly everyMs: number;
  /** Aborted by `signal` when the change has ended. What it throws is ignored. */
  readonly look: (context: IncidentContext, run: MonitoredRun, signal: AbortSignal) => Promise<void>;
}

/** A command whose output is kept as evidence when an incident is declared. */
export interface Evidence {
  readonly title: string;
  /** Ends by itself, or is stopped after the time limit of a capture. */
  readonly argv: readonly [string, ...string[]];
}

/** How a command reaches the target that its runbook names outside of its words. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>;
  /** Assignments in front of the command as it is shown: everything but secrets. */
  readonly shown: string;
}

export interface Platform {
  /** Its programs. */
  readonly tools: readonly string[];
  /** `session`: the name by which the server knows the connection. Null: the command names no such target. */
  readonly connect?: (
    context: IncidentContext,
    command: Pick<Command, 'text' | 'database'>,
    session: string,
  ) => Connection | null;
  /** Looks beside each change of its tools. */
  readonly monitor?: Monitor;
  /** What a service says of itself. */
  readonly evidence?: (service: string) => readonly Evidence[];
}
