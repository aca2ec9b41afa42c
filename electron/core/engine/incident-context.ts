/** Everything an act of one open incident works with. */
import type { OpenRunbook } from '#shared/contract/calls.ts';
import { type Failure, RollbookError } from '#shared/contract/result.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Command, Runbook, Step } from '#shared/runbook/model.ts';
import type { Approver } from '#shared/settings/settings.ts';
import type { EventLog } from '#core/event-log/event-log.ts';
import type { StorageHealth } from '#core/event-log/storage-health.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { RunningProcess, ToolAdapter } from '#core/ports.ts';
import type { OutputStore } from '#core/runner/output-store.ts';
import type { Reattacher } from '#core/runner/reattach.ts';
import type { WorkingFolders } from '#core/runner/working-folders.ts';
import type { RunbookSecrets } from '#core/settings/runbook-secrets.ts';
import type { Store } from '#core/store/store.ts';
import type { KeptText } from './kept-text.ts';
import type { OutputBudget } from './live-output.ts';

export interface IncidentContext {
  readonly incidentId: string;
  readonly eventLog: EventLog;
  /** What the store does not take now. */
  readonly storageHealth: StorageHealth;
  readonly runbook: Runbook;
  /** The same with its text, for a window; whether it is trusted is looked up at each call. */
  readonly openRunbook: () => Promise<OpenRunbook>;
  readonly adapter: ToolAdapter;
  readonly store: Store;
  readonly outputs: OutputStore;
  readonly folders: WorkingFolders;
  readonly reattacher: Pick<Reattacher, 'isGoing' | 'find' | 'held' | 'acknowledge' | 'endReading'>;
  /** Processes of this incident that run now, by run id. */
  readonly running: Map<string, RunningProcess>;
  readonly keptText: KeptText;
  /** For what its commands print while they run. */
  readonly outputBudget: OutputBudget;
  /** Why commands that change something are not started; null: they are. */
  readonly onlyReads: Failure | null;
  /** What was given for secret variables, in memory only. */
  readonly secretsGiven: Map<string, string>;
  /** Aborted when this process lets go of the incident, or loses it: ends watches and waiting, never a command. */
  readonly letGo: AbortSignal;
  readonly notifier: Notifier;
  /** A new unique id (ULID). */
  readonly newId: () => string;
  /** Folder for database dumps, 0700; made when needed. */
  readonly dumps: string;
  /** What the settings say of this runbook's secrets; null in a drill. */
  readonly secrets: RunbookSecrets | null;
  /** Whom the settings name to approve; a person may name anybody. */
  readonly approvers: () => readonly Approver[];
  /** Absolute path: where npm, git and supabase run; null: in an empty folder, as everything else. */
  readonly checkout: string | null;
  /** Child environment, after the strip list, with the secrets as they were last fetched. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What an intent becomes: events committed with it, and then perhaps an effect. */
export interface Plan {
  readonly drafts: readonly Draft[];
  /** Runs in the background after the commit; a RollbookError it throws ends the act with that problem. */
  readonly effect?: () => Promise<void>;
  /** Runs beside everything else: nothing that was asked for waits for it, and its failure is only reported. */
  readonly background?: () => Promise<void>;
}

/** What came of an intent. */
export interface Acted {
  readonly seq: number;
  /** The intent was taken before: nothing was done again. */
  readonly repeated: boolean;
  /** The store takes nothing now: it is kept beside it, and put on the timeline later. */
  readonly kept: boolean;
}

export type Act<K extends Intent['kind']> = (
  context: IncidentContext,
  intent: Extract<Intent, { kind: K }>,
  actor: string,
) => Plan;

/** What the app does by itself is done by this actor. */
export const ROLLBOOK = 'rollbook';

/** Code: `not-found`. */
export function stepOf(context: IncidentContext, stepId: string): Step {
  const step = allSteps(context.runbook).find(({ id }) => id === stepId);
  if (step === undefined)
    throw new RollbookError('not-found', `The runbook has no step "${stepId}".`, 'Reload the incident.');
  return step;
}

/** Code: `not-found`. */
export function commandOf(step: Step, commandId: string): Command {
  // A run for one service of several names it behind its command's id.
  const command = step.commands.find(({ id }) => id === commandId || commandId.startsWith(`${id}@`));
  if (command === undefined) {
    throw new RollbookError('not-found', `Step "${step.title}" has no command "${commandId}".`, 'Reload the incident.');
  }
  return command;
}

export const refuse = (message: string, advice: string): RollbookError =>
  new RollbookError('not-allowed', message, advice);

/** Code: `not-allowed` while something that was asked for is still going on. */
export function mustBeIdle(state: IncidentState): void {
  if (state.asked === null) return;
  throw refuse('Something is already running in this incident.', 'Wait for it, or stop it first.');
}
