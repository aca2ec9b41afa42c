/**
 * The one primary action of the moment. Windows put it on their one large button, the command line on its prompt,
 * and the drill's autopilot simply takes it: all three walk the same path.
 */
import type { Command, Procedure, Runbook, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import { approvalNeed } from './approval-policy.ts';
import { branchOf } from './branches.ts';
import { BRANCH_ACTIONS } from './branch-actions.ts';
import { isChecklistFirst } from './checklist.ts';
import { DATABASE_ACTIONS } from './database-actions.ts';
import type { Intent } from './intent.ts';
import { areBack, owedStep } from './owed-pairs.ts';
import { mayBeProvenNow, startFirst } from './stopped-machines.ts';
import { missingValues } from './values.ts';
import { activeRun, type IncidentState, isOver, runsOfStep, stepState } from './state.ts';
import { begun, serviceState, servicesOf, undecided, undeployed } from './system.ts';

export type NextAction =
  /** Enter sends `intent` as it is. */
  | {
      readonly kind: 'do';
      readonly stepId: string | null;
      readonly label: string;
      readonly intent: Intent;
      readonly changes: boolean;
    }
  /** A person has to say something first; `ask` names the form. */
  | { readonly kind: 'ask'; readonly stepId: string | null; readonly label: string; readonly ask: Ask }
  | { readonly kind: 'wait'; readonly stepId: string; readonly label: string; readonly runId: string | null }
  /** The step did not do what it was for; alternatives.ts says what else there is. */
  | { readonly kind: 'decide'; readonly stepId: string; readonly label: string }
  | { readonly kind: 'finished'; readonly label: string };

export type Ask =
  | 'procedure'
  | 'checklist'
  | 'fix-forward'
  | 'approval'
  | 'release'
  | 'releases'
  | 'symptom'
  | 'checks'
  | 'by-hand'
  | 'resolve'
  | 'database'
  | 'migration'
  | 'checkpoint'
  | 'values'
  | 'restore'
  | 'login'
  | 'dashboard';

/** The procedure that was chosen, or null. */
export const procedureOf = (state: IncidentState, runbook: Runbook): Procedure | null =>
  runbook.procedures.find((procedure) => procedure.id === state.procedureId) ?? null;

/** The branch that was taken, else the first step that is not over; null when all are. */
export function currentStep(state: IncidentState, runbook: Runbook): Step | null {
  const { taken } = state.branches;
  const branch = taken === null ? undefined : branchOf(runbook, taken.branchId);
  if (branch !== undefined) return branch;
  const steps = procedureOf(state, runbook)?.steps ?? [];
  return steps.find((step) => !isOver(state, step.id)) ?? null;
}

export function nextAction(state: IncidentState, runbook: Runbook): NextAction {
  if (state.closedAt !== null || state.resolvedAt !== null) return { kind: 'finished', label: 'Write the report' };
  if (state.fixForward !== null) return fixingForward(state, runbook);
  const procedure = procedureOf(state, runbook);
  if (procedure === null) return { kind: 'ask', stepId: null, label: 'Choose a procedure', ask: 'procedure' };
  if (isChecklistFirst(state, runbook))
    return { kind: 'ask', stepId: null, label: 'Go through the checklist before the rollback', ask: 'checklist' };
  const current = currentStep(state, runbook) ?? owedStep(state, runbook);
  const step = current === null ? null : (startFirst(state, runbook, current) ?? current);
  if (step === null) return last(state, procedure);
  const run = activeRun(state);
  if (state.asked !== null || run !== null) {
    const label = run === null ? 'Checking' : `Running ${run.shown}`;
    return { kind: 'wait', stepId: step.id, label, runId: run?.runId ?? null };
  }
  const { login } = state.branches;
  if (login !== null) return ask(step, `Log in to ${login.tool} again`, 'login');
  const { outcome } = stepState(state, step.id);
  if (outcome !== null && mayBeProvenNow(state, step))
    return go(step, 'Check the post-condition', { kind: 'check-proof', stepId: step.id });
  if (outcome !== null) return { kind: 'decide', stepId: step.id, label: `${step.title}: ${outcome}` };
  const next = FOR_KIND[step.kind](state, runbook, step);
  return runsCommands(next) && missingValues(state, runbook, step).length > 0
    ? ask(step, 'Give the values it needs', 'values')
    : next;
}

const runsCommands = (next: NextAction): boolean =>
  next.kind === 'do' && ['run-reads', 'run-change', 'deploy-services'].includes(next.intent.kind);
/** No procedure: the clock and the messages run on until a person has seen that the fix works. */
function fixingForward(state: IncidentState, runbook: Runbook): NextAction {
  const off = owedStep(state, runbook);
  const busy = state.asked !== null || activeRun(state) !== null;
  if (off !== null && !busy && stepState(state, off.id).outcome === null && state.effectiveAt !== null)
    return FOR_KIND[off.kind](state, runbook, off);
  return state.symptomGone === null
    ? { kind: 'ask', stepId: null, label: 'Confirm that the fix works', ask: 'fix-forward' }
    : { kind: 'ask', stepId: null, label: 'Resolve the incident', ask: 'resolve' };
}

/** All steps are over. Users who are back may still see the symptom, so that is asked anew. */
function last(state: IncidentState, { steps }: Procedure): NextAction {
  const confirm = steps.find(({ kind }) => kind === 'confirm-effective') ?? steps.at(-1);
  if (areBack(state) && state.proofMetAt !== null && state.symptomGone === null && confirm !== undefined)
    return ask(confirm, 'Confirm that the symptom is gone', 'symptom');
  return { kind: 'ask', stepId: null, label: 'Resolve the incident', ask: 'resolve' };
}

type Rule = (state: IncidentState, runbook: Runbook, step: Step) => NextAction;

const ask = (step: Step, label: string, what: Ask): NextAction => ({ kind: 'ask', stepId: step.id, label, ask: what });

const go = (step: Step, label: string, intent: Intent, changes = false): NextAction => ({
  kind: 'do',
  stepId: step.id,
  label,
  intent,
  changes,
});

/** One changing command, which its kind's post-condition judges. */
const proven =
  (does: (state: IncidentState) => string): Rule =>
  (state, runbook, step) => {
    const command = firstChange(step);
    if (command === undefined) return ask(step, `${step.title} by hand`, 'by-hand');
    if (needsApproval(state, runbook)) return ask(step, 'Record the approval', 'approval');
    const ran = runsOfStep(state, step.id).some(({ effect }) => effect === 'change');
    // Nothing is run twice by itself: a step whose end was lost after its proof is checked again, not done again.
    if (ran) return go(step, 'Check the post-condition', { kind: 'check-proof', stepId: step.id });
    return go(step, does(state), { kind: 'run-change', stepId: step.id, commandId: command.id }, true);
  };

const DEPLOY = proven(({ choice, declared }) => `Deploy v${choice?.version} to ${declared.service}`);

/** One row per kind of step: what comes next in it. */
const FOR_KIND: Readonly<Record<Step['kind'], Rule>> = {
  'choose-release': (state, _runbook, step) =>
    state.releases === null
      ? go(step, `Read the releases of ${state.declared.service}`, { kind: 'run-reads', stepId: step.id })
      : ask(step, 'Choose the release to go back to', 'release'),

  'deploy-release': (state, runbook, step) => {
    const next = DEPLOY(state, runbook, step);
    return state.choice === null && next.kind === 'do' && next.changes ? chooseFirst(state, runbook, step) : next;
  },

  'choose-releases': (state, runbook, step) => {
    const open = undecided(state, step, runbook);
    const unread = open.every((service) => serviceState(state, service).releases === null);
    const count = open.length === 1 ? '1 service' : `${open.length} services`;
    return unread
      ? go(step, `Read the releases of ${count}`, { kind: 'run-reads', stepId: step.id })
      : ask(step, `Choose a release for each of ${count}`, 'releases');
  },

  'deploy-releases': (state, runbook, step) => {
    const command = firstChange(step);
    if (command === undefined) return ask(step, `${step.title} by hand`, 'by-hand');
    if (needsApproval(state, runbook)) return ask(step, 'Record the approval', 'approval');
    const open = undeployed(state, step, runbook);
    const [first] = open;
    const chosen = servicesOf(step, runbook).some((service) => serviceState(state, service).choice !== null);
    if (!chosen) return chooseFirst(state, runbook, step);
    if (first === undefined || open.some((service) => begun(state, step, service)))
      return go(step, 'Check the post-conditions', { kind: 'check-proof', stepId: step.id });
    const now = step.parallel === true ? open : [first];
    const targets = now.map((service) => `v${serviceState(state, service).choice?.version} to ${service}`).join(', ');
    const place = step.parallel === true ? '' : ` (${open.length} of ${servicesOf(step, runbook).length} left)`;
    const intent: Intent = { kind: 'deploy-services', stepId: step.id, commandId: command.id, services: [...now] };
    return go(step, `Deploy ${targets}${place}`, intent, true);
  },

  'maintenance-on': proven(() => 'Switch maintenance mode on'),

  'maintenance-off': proven(() => 'Switch maintenance mode off'),

  'stop-machines': proven(({ declared }) => `Stop all machines of ${declared.service}`),

  'start-machines': proven(({ declared }) => `Start all machines of ${declared.service}`),

  'confirm-effective': (state, _runbook, step) =>
    step.commands.length > 0 && (stepState(state, step.id).runs.isEmpty() || isUnreadSinceLogin(state, step))
      ? go(step, 'Check health and version', { kind: 'run-reads', stepId: step.id })
      : ask(step, 'Confirm that the symptom is gone', 'symptom'),

  ...DATABASE_ACTIONS,

  ...BRANCH_ACTIONS,

  watch: (state, _runbook, step) => {
    const watching = state.watch?.stepId === step.id && state.watch.endedAt === null;
    const minute = state.watch?.asking ?? null;
    if (watching && minute !== null) return ask(step, `Answer the checkpoint after ${minute} minutes`, 'checkpoint');
    if (watching) return { kind: 'wait', stepId: step.id, label: 'Watching', runId: null };
    return go(step, `Watch for ${step.watch?.minutes ?? 0} minutes`, { kind: 'start-watch', stepId: step.id });
  },

  task: (state, runbook, step) => {
    const runs = runsOfStep(state, step.id);
    // What was refused for want of a login has read nothing: it is offered again (rule 12).
    const answered = runs.filter((run) => run.effect !== 'read' || run.explanation?.code !== 'login-expired');
    const started = new Set(answered.map(({ commandId }) => commandId));
    const proofs = proofsOf(step);
    const next = step.commands.find((command) => !started.has(command.id) && !proofs.includes(command));
    if (next === undefined && proofs.length > 0 && stepState(state, step.id).proof?.met !== true)
      return go(step, 'Check the post-condition', { kind: 'check-proof', stepId: step.id });
    if (next === undefined)
      return ask(step, step.checks.length > 0 ? 'Tick what you saw' : 'Confirm this step', 'checks');
    if (next.effect === 'read')
      return go(step, `Run ${next.text}`, { kind: 'run-reads', stepId: step.id, commandId: next.id });
    if (needsApproval(state, runbook)) return ask(step, 'Record the approval', 'approval');
    return go(step, `Run ${next.text}`, { kind: 'run-change', stepId: step.id, commandId: next.id }, true);
  },
};

/**
 * What was refused for want of a login has read nothing: it is offered again once the login works (rule 12). Gone on
 * without it, nothing is offered: what a person sees has to do.
 */
function isUnreadSinceLogin(state: IncidentState, step: Step): boolean {
  const { renewedAt } = state.branches;
  const last = runsOfStep(state, step.id).at(-1);
  return last?.explanation?.code === 'login-expired' && renewedAt !== null && renewedAt >= (last.endedAt ?? Infinity);
}

/** The choice was skipped: it is taken up again, or the deploy is made by hand. */
function chooseFirst(state: IncidentState, runbook: Runbook, step: Step): NextAction {
  const choose = procedureOf(state, runbook)?.steps.find(
    ({ kind }) => kind === (step.kind === 'deploy-releases' ? 'choose-releases' : 'choose-release'),
  );
  if (choose === undefined) return ask(step, 'Deploy by hand', 'by-hand');
  const reason = 'a release has to be chosen first';
  return go(step, 'Choose a release first', { kind: 'reopen-step', stepId: choose.id, reason });
}

const firstChange = (step: Step): Command | undefined => step.commands.find((command) => command.effect !== 'read');

const needsApproval = (state: IncidentState, runbook: Runbook): boolean =>
  approvalNeed(state, runbook).standing === 'needed';
