/**
 * What an incident is at one moment: made by reduce() from its events, never stored, never edited. What may grow for ever is
 * kept in collections that share all but a few nodes with the state before, so that an event costs the same in a long one.
 */
import { List, type Map, type OrderedMap } from 'immutable';
import type { Procedure, Runbook, Severity } from '#shared/runbook/model.ts';
import type { AfterState } from './topics/watch-state.ts';
import type { BranchState } from './topics/branches-state.ts';
import type { DatabaseState } from './topics/database-state.ts';
import type { PayloadOf } from './event.ts';
import type { ExitFact } from './topics/runs-events.ts';
import { type Outcome, OUTCOME_MEANING } from './outcome.ts';

/** One that was not removed, as it was last set. */
export type ActionItem = PayloadOf<'action-item.set'>;

export interface IncidentState {
  readonly declared: PayloadOf<'incident.declared'>;
  readonly declaredAt: number;
  /** seq of the newest event: what an intent's expectedSeq is compared with. */
  readonly seq: number;
  readonly severity: Severity;
  /** The row of the matrix that holds now: the declared one until another was chosen. */
  readonly row: PayloadOf<'incident.declared'>['row'];
  readonly procedureId: string | null;
  /** Chosen instead of a procedure: the fault is corrected in place. */
  readonly fixForward: { readonly at: number; readonly reason: string } | null;
  readonly approvals: readonly Approval[];
  /** Decided for one procedure; another one asks anew. */
  readonly bypass: { readonly reason: string; readonly at: number; readonly procedureId: string | null } | null;
  readonly steps: Readonly<Record<string, StepState>>;
  /** By id, in the order they were intended. */
  readonly runs: OrderedMap<string, RunState>;
  /** Ids of those that have not ended. */
  readonly running: readonly string[];
  /** What was asked for and has not ended; nothing else is started meanwhile. */
  readonly asked: { readonly stepId: string; readonly what: 'reads' | 'change' | 'proof'; readonly at: number } | null;
  /** Why the last thing asked for could not be done; gone with the next one. */
  readonly problem: { readonly code: string; readonly message: string; readonly advice: string } | null;
  readonly releases: PayloadOf<'releases.read'> | null;
  readonly choice: PayloadOf<'release.chosen'> | null;
  /** By service, where several are rolled back at once; releases and choice above are those of the declared one alone. */
  readonly system: Readonly<Record<string, ServiceState>>;
  readonly database: DatabaseState;
  readonly after: AfterState;
  readonly branches: BranchState;
  /** When the last changing step's post-condition was met; null again after a regression or a new change. */
  readonly proofMetAt: number | null;
  /** null until it was switched on; `on` stays true until the public address is seen without the marker. */
  readonly maintenance: MaintenanceState | null;
  /** null until a fast stop was begun. */
  readonly stoppedMachines: StoppedMachines | null;
  readonly symptomGone: { readonly at: number; readonly observed: string } | null;
  /** Both of the above: the end of the mitigation clock. */
  readonly effectiveAt: number | null;
  /** When the first changing command was started. */
  readonly startedAt: number | null;
  /** By how much the wall clock was set while the mitigation clock ran, ms: that is not elapsed time. */
  readonly clockSetMs: number;
  readonly watch: WatchState | null;
  /** What was owed to people and has been settled, by debt id; obligations.ts says what is owed. */
  readonly paid: Readonly<Record<string, { readonly at: number; readonly who: string; readonly how: string }>>;
  readonly deferred: readonly Deferred[];
  readonly deviations: readonly { readonly at: number; readonly what: string }[];
  /** By message id: what was done with it last. Copied, posted and sent are different things. */
  readonly messages: Readonly<Record<string, MessageState>>;
  /** What was captured from the declaration on, in the order it came in. */
  readonly evidence: readonly EvidenceState[];
  readonly sent: Readonly<Record<string, { readonly at: number; readonly text: string; readonly where: string }>>;
  /** By seq: what a person put into the short timeline, or took out of it. */
  readonly starred: Map<number, boolean>;
  readonly reportFields: Readonly<Record<string, string>>;
  readonly actionItems: readonly ActionItem[];
  /** Set while another machine's copy is the one that goes on. */
  readonly handedOver: (PayloadOf<'handover.given'> & { readonly at: number }) | null;
  /** Calls up the chain, in order. */
  /** In the order they were raised. */
  readonly objections: readonly (PayloadOf<'objection.raised'> & { readonly at: number })[];
  readonly escalations: readonly (PayloadOf<'escalation.called'> & { readonly at: number })[];
  /** What is wrong in the runbook, by line; corrected ones replaced, withdrawn ones gone. */
  readonly defects: readonly Defect[];
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
}

/** A place where the runbook is wrong. */
export interface Defect extends PayloadOf<'runbook.defect'> {
  readonly seq: number;
  /** ms since the epoch of the incident's clock. */
  readonly at: number;
}

export interface Approval extends PayloadOf<'approval.recorded'> {
  /** What it was given for; another procedure asks anew. */
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
  /** The kernel's start time of that process, as the platform prints it: a pid alone may be another's by now. */
  readonly startTime: string | null;
  /** The last stop asked for, and when. */
  readonly stopAsked: { readonly how: 'interrupt' | 'kill'; readonly at: number } | null;
  readonly endedAt: number | null;
  readonly exit: ExitFact | null;
  readonly durationMs: number | null;
  readonly output: PayloadOf<'run.ended'>['output'];
  readonly excerpt: string;
  readonly explanation: PayloadOf<'run.ended'>['explanation'];
  /** Not there for a reading, and in an incident from before it was kept. */
  readonly rules?: PayloadOf<'run.ended'>['rules'];
}

export interface ServiceState {
  readonly releases: PayloadOf<'service.releases-read'> | null;
  readonly choice: PayloadOf<'service.release-chosen'> | null;
  /** Why it stays as it is. */
  readonly leftOut: string | null;
  readonly ended: (PayloadOf<'service.ended'> & { readonly at: number }) | null;
}

export interface MaintenanceState {
  readonly on: boolean;
  /** When it was last switched on. */
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
  /** Of all watched services. */
  readonly probes: number;
  readonly bad: number;
  /** The same by service; not there before the first probe. */
  readonly counted?: Readonly<Record<string, { readonly probes: number; readonly bad: number }>>;
  /** The newest release that is not ours. */
  readonly foreign: PayloadOf<'release.foreign'> | null;
  /** The same of each service ('' where one is watched), and how many changes of ours there had been. */
  readonly foreignOf?: Readonly<Record<string, { readonly version: number; readonly ownChanges: number }>>;
  /** The checkpoint, in minutes from the start, that a person is asked about now. */
  readonly asking?: number | null;
  /** The last checkpoint that was asked about. */
  readonly asked?: number;
  /** Where several services are watched: the last reading of each. */
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
  /** Why it was not posted; '' otherwise. */
  readonly why: string;
}

export type EvidenceState =
  | ({ readonly kind: 'captured'; readonly at: number } & PayloadOf<'evidence.captured'>)
  | ({ readonly kind: 'missing'; readonly at: number } & PayloadOf<'evidence.missing'>);

export interface Deferred {
  /** Of a checklist's item: the id of that check. */
  readonly stepId: string;
  readonly reason: string;
  readonly dueAt: number | null;
  readonly settled: { readonly how: 'done' | 'waived'; readonly reason: string } | null;
  /** The checklist the item is of; not there for a step. */
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

/** The state of a step, also of one nothing has happened to. */
export const stepState = (state: IncidentState, stepId: string): StepState => state.steps[stepId] ?? NO_STEP;

/** The runs of a step in the order they were started; those of a try before it was taken up again do not count. */
export const runsOfStep = (state: IncidentState, stepId: string): readonly RunState[] =>
  stepState(state, stepId)
    .runs.toArray()
    .flatMap((runId) => state.runs.get(runId) ?? []);

/** It ended in a way that goes on to the next step. */
export const isOver = (state: IncidentState, stepId: string): boolean => {
  const { outcome } = stepState(state, stepId);
  return outcome !== null && OUTCOME_MEANING[outcome].goesOn;
};

/** The run that has not ended yet, if any; `change` narrows it to changing commands. */
export function activeRun(state: Pick<IncidentState, 'runs' | 'running'>, effect?: 'change'): RunState | null {
  const running = state.running.flatMap((runId) => state.runs.get(runId) ?? []);
  return running.findLast((run) => effect === undefined || run.effect === effect) ?? null;
}

/** Changing commands that were run so far. */
export const ownChanges = ({ runs }: Pick<IncidentState, 'runs'>): number =>
  runs.count(({ effect }) => effect === 'change');

/** All machines of a service stopped by the fast stop. */
export interface StoppedMachines {
  /** True from before the first one is stopped until all are proven to be started again. */
  readonly open: boolean;
  readonly service: string;
  readonly since: number;
  /** When the way back was last proven. */
  readonly backAt: number | null;
  readonly startStepId: string | null;
  /** Ids of the machines to start again. */
  readonly running: readonly string[];
  /** Their process groups. */
  readonly groups: readonly string[];
  /** All were seen to be stopped, and nobody to be served. */
  readonly proven: boolean;
}

/** The procedure that was chosen, or null. */
export const procedureOf = ({ procedureId }: IncidentState, { procedures }: Runbook): Procedure | null =>
  procedures.find(({ id }) => id === procedureId) ?? null;
