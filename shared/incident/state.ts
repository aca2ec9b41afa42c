/**
 * The state of an incident: made from its events by reduce(), never stored or edited. What grows without a limit is in
 * persistent collections, so that an event costs the same in a long incident.
 */
import { List, type Map, type OrderedMap } from 'immutable';
import type { Procedure, Runbook, Severity } from '#shared/runbook/model.ts';
import { askingProcedures, isAddedQuestion } from '#shared/runbook/symptom-step.ts';
import type { AfterState } from './topics/watch-state.ts';
import type { BranchState } from './topics/branches-state.ts';
import type { DatabaseState } from './topics/database-state.ts';
import type { PayloadOf } from './event.ts';
import type { ExitFact } from './topics/runs-events.ts';
import { type Outcome, OUTCOME_MEANING } from './step-outcomes.ts';

/** An action item that was not removed, as it was last set. */
export type ActionItem = PayloadOf<'action-item.set'>;

export interface IncidentState {
  readonly declared: PayloadOf<'incident.declared'>;
  readonly declaredAt: number;
  /** seq of the newest event: what an intent's expectedSeq is compared with. */
  readonly seq: number;
  readonly severity: Severity;
  /** The matrix row that applies now: the declared one until another is chosen. */
  readonly row: PayloadOf<'incident.declared'>['row'];
  readonly procedureId: string | null;
  /** Set when the fault is fixed forward instead of following a procedure. */
  readonly fixForward: { readonly at: number; readonly reason: string } | null;
  readonly approvals: readonly Approval[];
  /** Applies to one procedure only. */
  readonly bypass: { readonly reason: string; readonly at: number; readonly procedureId: string | null } | null;
  readonly steps: Readonly<Record<string, StepState>>;
  /** By id, in the order of their `run.intended`. */
  readonly runs: OrderedMap<string, RunState>;
  /** Ids of the runs that have not ended. */
  readonly running: readonly string[];
  /** The action that is under way; no other is started meanwhile. */
  readonly asked: { readonly stepId: string; readonly what: 'reads' | 'change' | 'proof'; readonly at: number } | null;
  /** Why the last action could not be done; cleared by the next one. */
  readonly problem: { readonly code: string; readonly message: string; readonly advice: string } | null;
  readonly releases: PayloadOf<'releases.read'> | null;
  readonly choice: PayloadOf<'release.chosen'> | null;
  /**
   * By service, when several are rolled back together; `releases` and `choice` above are of the declared service
   * only.
   */
  readonly system: Readonly<Record<string, ServiceState>>;
  readonly database: DatabaseState;
  readonly after: AfterState;
  readonly branches: BranchState;
  /** When the last changing step's post-condition was met; null again after a regression or a new change. */
  readonly proofMetAt: number | null;
  /** null until it is switched on; `on` stays true until the public address no longer shows the marker. */
  readonly maintenance: MaintenanceState | null;
  /** null until a fast stop is started. */
  readonly stoppedMachines: StoppedMachines | null;
  readonly contained: Contained | null;
  readonly symptomGone: { readonly at: number; readonly observed: string } | null;
  /** When the post-condition was met and the symptom was gone: the end of the mitigation clock. */
  readonly effectiveAt: number | null;
  /** When the first changing command was started. */
  readonly startedAt: number | null;
  /** By how many ms the wall clock was set during mitigation; this does not count as elapsed. */
  readonly clockSetMs: number;
  readonly watch: WatchState | null;
  /** Debts that were paid, by id; obligations.ts says which are owed. */
  readonly paid: Readonly<Record<string, { readonly at: number; readonly who: string; readonly how: string }>>;
  readonly deferred: readonly Deferred[];
  readonly deviations: readonly { readonly at: number; readonly what: string }[];
  /** By message id: the last thing done with it. */
  readonly messages: Readonly<Record<string, MessageState>>;
  /** In the order it was captured. */
  readonly evidence: readonly EvidenceState[];
  readonly sent: Readonly<Record<string, { readonly at: number; readonly text: string; readonly where: string }>>;
  /** By seq: entries that a person starred (true) or unstarred (false). */
  readonly starred: Map<number, boolean>;
  readonly reportFields: Readonly<Record<string, string>>;
  readonly actionItems: readonly ActionItem[];
  /** Set while the incident continues on another machine. */
  readonly handedOver: (PayloadOf<'handover.given'> & { readonly at: number }) | null;
  /** In order. */
  readonly objections: readonly (PayloadOf<'objection.raised'> & { readonly at: number })[];
  readonly escalations: readonly (PayloadOf<'escalation.called'> & { readonly at: number })[];
  /** By line; without those that were replaced or withdrawn. */
  readonly defects: readonly Defect[];
  readonly resolvedAt: number | null;
  /** The sentence it was resolved with. */
  readonly resolvedAs: string | null;
  readonly closedAt: number | null;
}

/**
 * The first proven act that stopped the harm: the maintenance page was seen at the public address, all machines were seen
 * stopped, or a person confirmed that nothing writes. It is taken back when the same proof fails later, or by a regression.
 */
export interface Contained {
  readonly by: 'maintenance' | 'machines' | 'writes';
  readonly at: number;
  /** `clockSetMs` at that moment. */
  readonly clockSetMs: number;
}

/** A place where the runbook is wrong. */
export interface Defect extends PayloadOf<'runbook.defect'> {
  readonly seq: number;
  /** ms since the epoch of the incident's clock. */
  readonly at: number;
}

export interface Approval extends PayloadOf<'approval.recorded'> {
  /** The procedure it was given for; another procedure needs its own. */
  readonly procedureId: string | null;
  readonly at: number;
}

export interface StepState {
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly observed: string | null;
  readonly endedAt: number | null;
  readonly runs: List<string>;
  readonly ticks: Readonly<
    Record<string, { readonly ticked: boolean; readonly observed: string; readonly at: number }>
  >;
  readonly proof: (PayloadOf<'proof.evaluated'> & { readonly at: number }) | null;
  /** What ran just before a change that keeps the release; absent: it was not read. */
  readonly ranBefore?: PayloadOf<'release.running-read'>;
}

export interface RunState {
  readonly runId: string;
  readonly stepId: string;
  readonly commandId: string;
  readonly effect: 'read' | 'change';
  readonly byHand: boolean;
  readonly shown: string;
  readonly template: string;
  readonly binary: string;
  readonly toolVersion: string;
  readonly usualMs: number | null;
  readonly intendedAt: number;
  readonly startedAt: number | null;
  readonly pid: number | null;
  /** The kernel's start time of the process, as the platform prints it: a pid alone may have been reused. */
  readonly startTime: string | null;
  /** The last stop that was requested. */
  readonly stopAsked: { readonly how: 'interrupt' | 'kill'; readonly at: number } | null;
  readonly endedAt: number | null;
  readonly exit: ExitFact | null;
  readonly durationMs: number | null;
  readonly output: PayloadOf<'run.ended'>['output'];
  readonly excerpt: string;
  readonly explanation: PayloadOf<'run.ended'>['explanation'];
  /** Missing for read-only commands and in older incidents. */
  readonly rules?: PayloadOf<'run.ended'>['rules'];
  /** Of a change: what held before it, and holds again if it turns out that it was not started. */
  readonly before?: Pick<IncidentState, 'startedAt' | 'proofMetAt' | 'effectiveAt' | 'symptomGone'>;
}

export interface ServiceState {
  readonly releases: PayloadOf<'service.releases-read'> | null;
  readonly choice: PayloadOf<'service.release-chosen'> | null;
  /** Why the service is left as it is; null when it is not. */
  readonly leftOut: string | null;
  readonly ended: (PayloadOf<'service.ended'> & { readonly at: number }) | null;
}

export interface MaintenanceState {
  readonly on: boolean;
  /** When maintenance mode was last switched on. */
  readonly since: number;
  readonly offStepId: string | null;
  /** Users see the maintenance page. */
  readonly shown: boolean;
}

export interface WatchState {
  readonly stepId: string;
  readonly startedAt: number;
  readonly minutes: number;
  readonly endedAt: number | null;
  readonly completed: boolean;
  /** For all watched services together. */
  readonly probes: number;
  readonly bad: number;
  /** The same by service; missing before the first probe. */
  readonly counted?: Readonly<Record<string, { readonly probes: number; readonly bad: number }>>;
  /** The newest release that Rollbook did not make. */
  readonly foreign: PayloadOf<'release.foreign'> | null;
  /** The same by service ('' when one is watched), with the number of our own changes before it. */
  readonly foreignOf?: Readonly<Record<string, { readonly version: number; readonly ownChanges: number }>>;
  /** The checkpoint that is being asked now, in minutes from the start. */
  readonly asking?: number | null;
  /** The last checkpoint that was asked. */
  readonly asked?: number;
  /** The checkpoints that nobody has answered, in minutes from the start. */
  readonly unanswered?: readonly number[];
  /** When several services are watched: the last reading of each. */
  readonly services?: Readonly<Record<string, WatchedReading>>;
  readonly last: WatchedReading | null;
}

interface WatchedReading {
  readonly at: number;
  readonly healthy: boolean;
  readonly detail: string;
}

export interface MessageState {
  readonly last: 'copied' | 'posting' | 'failed' | 'sent';
  readonly at: number;
  /** Why posting failed; '' otherwise. */
  readonly why: string;
}

export type EvidenceState =
  | ({ readonly kind: 'captured'; readonly at: number } & PayloadOf<'evidence.captured'>)
  | ({ readonly kind: 'missing'; readonly at: number } & PayloadOf<'evidence.missing'>);

export interface Deferred {
  /** For a checklist item: the id of the check. */
  readonly stepId: string;
  readonly reason: string;
  readonly dueAt: number | null;
  readonly settled: { readonly how: 'done' | 'waived'; readonly reason: string } | null;
  /** The item's checklist; missing for a step. */
  readonly checklistId?: string;
}

export const NO_STEP: StepState = {
  outcome: null,
  reason: '',
  observed: null,
  endedAt: null,
  runs: List(),
  ticks: {},
  proof: null,
};

/** The state of a step, also before anything happened to it. */
export const stepState = (state: IncidentState, stepId: string): StepState => state.steps[stepId] ?? NO_STEP;

/** The runs of a step in the order they were started, since it was last reopened. */
export const runsOfStep = (state: IncidentState, stepId: string): readonly RunState[] =>
  stepState(state, stepId)
    .runs.toArray()
    .flatMap((runId) => state.runs.get(runId) ?? []);

/** The step ended with an outcome after which the procedure continues. */
export const isOver = (state: IncidentState, stepId: string): boolean => {
  const { outcome } = stepState(state, stepId);
  return outcome !== null && OUTCOME_MEANING[outcome].goesOn;
};

/** The run that has not ended yet, if any; `change` narrows it to changing commands. */
export function activeRun(state: Pick<IncidentState, 'runs' | 'running'>, effect?: 'change'): RunState | null {
  const running = state.running.flatMap((runId) => state.runs.get(runId) ?? []);
  return running.findLast((run) => effect === undefined || run.effect === effect) ?? null;
}

/** How many changing commands were run so far. */
export const ownChanges = ({ runs }: Pick<IncidentState, 'runs'>): number =>
  runs.count(({ effect }) => effect === 'change');

/** All machines of a service stopped by the fast stop. */
export interface StoppedMachines {
  /** True from before the first machine is stopped until all are proven started again. */
  readonly open: boolean;
  readonly service: string;
  readonly since: number;
  /** When the machines were last proven started again. */
  readonly backAt: number | null;
  readonly startStepId: string | null;
  /** Ids of the machines to start again. */
  readonly running: readonly string[];
  /** Process groups of these machines. */
  readonly groups: readonly string[];
  /** All machines were seen stopped, and the service unreachable. */
  readonly proven: boolean;
}

/**
 * The procedure that was chosen, or null. It has a step that asks whether the symptom is gone, also where the runbook has
 * none; that one is left out when the symptom was confirmed gone without it.
 */
export function procedureOf(
  { procedureId, symptomGone, steps }: Pick<IncidentState, 'procedureId' | 'symptomGone' | 'steps'>,
  runbook: Runbook,
): Procedure | null {
  const procedure = askingProcedures(runbook).find(({ id }) => id === procedureId);
  if (procedure === undefined) return null;
  const unneeded = procedure.steps.find((step) => isAddedQuestion(step) && symptomGone !== null && !(step.id in steps));
  return unneeded === undefined ? procedure : (runbook.procedures.find(({ id }) => id === procedureId) ?? null);
}
