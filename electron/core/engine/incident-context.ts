/** The state and the services that actions on one open incident use. */
import type { RunningProcess, ToolAdapter } from '#core/ports.ts';
import type { OpenRunbook } from '#shared/api/calls.ts';
import { type Failure, RollbookError } from '#shared/api/result.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Command, Runbook, Step } from '#shared/runbook/model.ts';
import type { Approver } from '#shared/settings/settings.ts';
import type { EventLog } from '#core/event-log/event-log.ts';
import type { LiveProbes } from '#core/event-log/live-probes.ts';
import type { StorageHealth } from '#core/event-log/storage-health.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { OutputStore } from '#core/runner/output/output-store.ts';
import type { Reattacher } from '#core/runner/keeper/reattach.ts';
import type { WorkingFolders } from '#core/runner/working-folders.ts';
import type { RunbookSecrets } from '#core/settings/runbook-secrets.ts';
import type { Store } from '#core/store/store.ts';
import type { KeptText, OutputBudget } from './output.ts';

export interface IncidentContext {
  readonly incidentId: string;
  readonly eventLog: EventLog;
  /** Whether the store accepts writes now, and what is kept until it does. */
  readonly storageHealth: StorageHealth;
  readonly liveProbes: LiveProbes;
  readonly runbook: Runbook;
  /** The runbook with its text, for a window. Looks up at each call whether it is trusted. */
  readonly openRunbook: () => Promise<OpenRunbook>;
  readonly adapter: ToolAdapter;
  readonly store: Store;
  readonly outputs: OutputStore;
  readonly folders: WorkingFolders;
  readonly reattacher: Pick<Reattacher, 'isGoing' | 'find' | 'held' | 'acknowledge' | 'endReading'>;
  /** The running processes of this incident, by run id. */
  readonly running: Map<string, RunningProcess>;
  readonly keptText: KeptText;
  /** Memory for the output of running commands. */
  readonly outputBudget: OutputBudget;
  /** Why changing commands are refused; null: they are allowed. */
  readonly onlyReads: Failure | null;
  /** Values that a person entered for secret variables. In memory only. */
  readonly secretsGiven: Map<string, string>;
  /** Aborted when this process gives up or loses the lease. Ends watches and waits, never a command. */
  readonly letGo: AbortSignal;
  readonly notifier: Notifier;
  /** A new unique id (ULID). */
  readonly newId: () => string;
  /** Folder for database dumps, 0700; made when needed. */
  readonly dumps: string;
  /** This runbook's secrets, from the settings; null in a drill on simulated tools. */
  readonly secrets: RunbookSecrets | null;
  /** The approvers in the settings. They are suggestions: a person may name anybody. */
  readonly approvers: () => readonly Approver[];
  /** Absolute path of the repository checkout in which npm, git and supabase run; null: they run in an empty folder. */
  readonly checkout: string | null;
  /** Environment of child processes: without the variables that are removed, with the secrets as last fetched. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The result of handling an intent: events to commit, then work to start. */
export interface Plan {
  readonly drafts: readonly Draft[];
  /** Starts after the commit and is waited for by `settled`. */
  readonly effect?: () => Promise<void>;
  /** Starts after the commit. Nothing waits for it, and its errors are only logged. */
  readonly background?: () => Promise<void>;
}

/** The answer to an intent. */
export interface Acted {
  readonly seq: number;
  /** The same intent was handled before, so nothing was done. */
  readonly repeated: boolean;
  /** The store accepts no writes, so the intent is in a file beside it and goes on the timeline later. */
  readonly kept: boolean;
}

export type Act<K extends Intent['kind']> = (
  context: IncidentContext,
  intent: Extract<Intent, { kind: K }>,
  actor: string,
) => Plan;

/** The actor of events that Rollbook causes itself. */
export const ROLLBOOK = 'rollbook';

/** Finds a step, also one of a branch. Code: `not-found`. */
export function stepOf(context: IncidentContext, stepId: string): Step {
  const step = allSteps(context.runbook).find(({ id }) => id === stepId);
  if (step === undefined)
    throw new RollbookError('not-found', `The runbook has no step "${stepId}".`, 'Reload the incident.');
  return step;
}

/** Finds a command of a step. Code: `not-found`. */
export function commandOf(step: Step, commandId: string): Command {
  // A run for one of several services has the id `command@service`.
  const command = step.commands.find(({ id }) => id === commandId || commandId.startsWith(`${id}@`));
  if (command === undefined) {
    throw new RollbookError('not-found', `Step "${step.title}" has no command "${commandId}".`, 'Reload the incident.');
  }
  return command;
}

export const refuse = (message: string, advice: string): RollbookError =>
  new RollbookError('not-allowed', message, advice);

/** Code: `not-allowed` while another action is running. */
export function mustBeIdle(state: IncidentState): void {
  if (state.asked === null) return;
  throw refuse('Something is already running in this incident.', 'Wait for it, or stop it first.');
}
