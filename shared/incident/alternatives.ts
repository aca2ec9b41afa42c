/** The ways to continue after a step failed, each with its own risk. */
import { isMixed } from '../platforms/fly/machine-states.ts';
import { platformOf } from '#shared/runbook/services.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import { incidentProcedures } from '#shared/runbook/practice-procedures.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { linkOf, type OfferedBranch, offeredBranches } from './branches.ts';
import type { Intent } from './intent.ts';
import { stopProcedure } from './service-down.ts';
import { type IncidentState, procedureOf, stepState } from './state.ts';

export interface Alternative {
  readonly id: string;
  readonly label: string;
  /** One sentence: what it may cost. */
  readonly risk: string;
  /** null: a person does it outside Rollbook (`where`). */
  readonly intent: Intent | null;
  readonly where: string | null;
  /** What was found when the post-condition was looked at, where the way relies on it. */
  readonly proof?: readonly string[];
  /** The one way to take unless a person knows better. At most one, and the first. */
  readonly recommended?: true;
  /**
   * Set for a branch: what proves it, its commands as the runbook writes them, and the issue it comes from with its
   * advice.
   */
  readonly branch?: {
    readonly contract: string;
    readonly commands: readonly string[];
    readonly issue: string | null;
    readonly advice: readonly string[];
    /** It was found by the error signature of the failure. */
    readonly fits: boolean;
  };
}

export function alternatives(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  const { taken } = state.branches;
  if (taken !== null) {
    return [
      ...itWorks(state, step),
      ...proofAgain(state, runbook, step),
      ...vouch(state, step),
      ...retry(state, runbook, step),
      leaveBranch(taken.title),
    ];
  }
  const offered = offeredBranches(state, runbook, step);
  const ways = (kind: (each: OfferedBranch) => boolean): readonly Alternative[] =>
    offered.filter(kind).map((each) => branchWay(state, step, each));
  // Users get both versions until the deploy is finished, so that is the recommended way.
  const isMixedNow = mixedServices(state, step).length > 0;
  const again = retry(state, runbook, step);
  return [
    ...itWorks(state, step),
    ...(isMixedNow ? again.map((way): Alternative => ({ ...way, recommended: true })) : []),
    ...proofAgain(state, runbook, step),
    ...vouch(state, step),
    ...ways(({ why, losesData }) => why !== '' && !losesData),
    ...otherChoice(state, runbook, step),
    ...(isMixedNow ? [] : again),
    ...ways(({ why, losesData }) => why === '' && !losesData),
    ...leave(state, runbook, step),
    ...outside(state, runbook, step),
    ...ways(({ losesData }) => losesData),
  ];
}

/** A branch as an alternative. */
export function branchWay(
  state: IncidentState,
  step: Step,
  { branch, issue, advice, why }: OfferedBranch,
): Alternative {
  const service = state.declared.service;
  return {
    id: `branch:${branch.id}`,
    label: branch.title,
    risk: `Risk: ${branch.risk ?? 'not stated in the runbook.'}`,
    intent: { kind: 'take-branch', stepId: step.id, branchId: branch.id },
    where: branch.link === undefined ? null : linkOf(branch, state),
    branch: {
      contract: definitionOf(branch).branch?.contract ?? 'Afterwards you decide about the step again.',
      commands: branch.commands.map(({ text }) => text.replaceAll('"$SERVICE"', service)),
      issue,
      advice,
      fits: why !== '',
    },
  };
}

const leaveBranch = (title: string): Alternative => ({
  id: 'leave-branch',
  label: `Leave "${title}" and go back to the other options`,
  risk: 'What it did stays as it is now.',
  intent: { kind: 'leave-branch', reason: 'it did not help' },
  where: null,
});

/** Check the post-condition again: of this step or, after a regression, of the step it relies on. */
function proofAgain(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  const proven = reliedOn(state, runbook, step) ?? step;
  if (stepState(state, proven.id).proof === null) return [];
  return [
    {
      id: 'check-again',
      label:
        proven === step ? 'Check the post-condition again' : 'Prove the rollback again, then confirm and watch again',
      risk:
        definitionOf(proven).deploys === 'one-service'
          ? 'No risk: it only reads. A service that is slow to start may pass now.'
          : 'No risk: it only reads.',
      intent: { kind: 'check-proof', stepId: proven.id },
      where: null,
    },
  ];
}

/**
 * After a regression, the last step before this one whose post-condition was looked at: its proof no longer holds. Of
 * whatever kind: a runbook may roll back by commands of its own.
 */
const reliedOn = (state: IncidentState, runbook: Runbook, step: Step): Step | undefined =>
  lacksProof(state, step)
    ? stepsBefore(state, runbook, step).findLast(({ id }) => stepState(state, id).proof !== null)
    : undefined;

/** The step means nothing without a proof, and there is none now. */
const lacksProof = (state: IncidentState, step: Step): boolean =>
  state.proofMetAt === null && definitionOf(step).reliesOnProof === true;

function stepsBefore(state: IncidentState, runbook: Runbook, step: Step): readonly Step[] {
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const index = steps.findIndex(({ id }) => id === step.id);
  return steps.slice(0, Math.max(0, index));
}

/**
 * The whole post-condition is met although the command broke a rule or nobody saw its end. The rule stays broken however
 * often one looks, so a person decides, with the proof in sight.
 */
function itWorks(state: IncidentState, step: Step): readonly Alternative[] {
  const { proof } = stepState(state, step.id);
  if (proof?.met !== true || hasOpenChecks(state, step)) return [];
  const found = proof.findings.map(({ detail }) => detail);
  const observed = `the command did not end as it should, and the post-condition is met: ${found.join(' ')}`;
  return [
    {
      id: 'vouch',
      label: 'It works: go on',
      risk: 'Recorded as confirmed by you, not as verified: the command did not end as it should. What was found is below.',
      intent: { kind: 'confirm-step', stepId: step.id, observed },
      where: null,
      proof: found,
    },
  ];
}

const hasOpenChecks = (state: IncidentState, { id, checks }: Step): boolean =>
  checks.some((check) => stepState(state, id).ticks[check.id]?.ticked !== true);

/** A person may have checked what Rollbook could not prove. */
function vouch(state: IncidentState, step: Step): readonly Alternative[] {
  const { outcome, proof } = stepState(state, step.id);
  if (outcome !== 'unverified' || proof?.met === true || hasOpenChecks(state, step)) return [];
  return [
    {
      id: 'vouch',
      label: 'I checked it myself: it worked',
      risk: 'The only proof is your word; add a note of what you saw.',
      intent: { kind: 'confirm-step', stepId: step.id, observed: 'checked by a person after it could not be proven' },
      where: null,
    },
  ];
}

/** Choose another release or SQL file, when the chosen one may be the cause. */
function otherChoice(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  const { afterChoice = [] } = definitionOf(step);
  const choose = procedureOf(state, runbook)?.steps.find(({ kind }) => afterChoice.includes(kind));
  const again = choose === undefined ? null : (definitionOf(choose).choice?.again ?? null);
  if (choose === undefined || again === null) return [];
  const intent = { kind: 'reopen-step', stepId: choose.id, reason: `${step.title} failed` } as const;
  return [{ ...again, intent, where: null }];
}

function retry(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  // Repeating a later step does not restore a proof. A runbook without any leaves nothing else to do.
  const canBeProven = ({ commands, ...each }: Step): boolean =>
    definitionOf(each).provenBy === 'rollbook' || commands.some(({ proves }) => proves !== undefined);
  if (lacksProof(state, step) && stepsBefore(state, runbook, step).some(canBeProven)) return [];
  const mixed = mixedServices(state, step);
  return [
    {
      id: 'retry',
      label:
        mixed.length === 0
          ? `Do "${step.title}" again`
          : `Finish the deploy: do "${step.title}" again, machines of ${mixed.join(', ')} are mixed`,
      risk:
        mixed.length === 0
          ? 'The same command on the current state; look at the state first.'
          : 'The same command: machines that are on the image already are left alone or replaced by the same. Until then users get both versions.',
      intent: { kind: 'reopen-step', stepId: step.id, reason: 'tried once more' },
      where: null,
    },
  ];
}

/** Services whose machines run different images. */
const mixedServices = (state: IncidentState, step: Step): readonly string[] =>
  definitionOf(step).deploys !== undefined
    ? Object.values(state.after.rollouts)
        .filter(({ machines }) => isMixed(machines))
        .map(({ service }) => service)
    : [];

function leave(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  // Users who do not see the maintenance page still use the service, so the fast stop comes first (rule 10).
  const stop = definitionOf(step).endsService === true ? stopProcedure(runbook) : null;
  return [...incidentProcedures(runbook)]
    .sort((a, b) => Number(b === stop) - Number(a === stop))
    .filter(({ id }) => id !== state.procedureId)
    .map((procedure) => ({
      id: `procedure:${procedure.id}`,
      label: `Switch to: ${procedure.title}`,
      risk: `Risk: ${procedure.facts.find((fact) => /risk/i.test(fact.key))?.value ?? 'not stated in the runbook.'}`,
      intent: { kind: 'choose-procedure', procedureId: procedure.id, reason: 'the procedure before it failed' },
      where: null,
    }));
}

function outside(state: IncidentState, runbook: Runbook, step: Step): readonly Alternative[] {
  const stop = stopProcedure(runbook);
  if (platformOf(runbook, state.declared.service) !== 'fly') return [];
  if (definitionOf(step).endsService === true && (stop === null || stop.id === state.procedureId)) {
    return [
      {
        id: 'stop-on-dashboard',
        label: 'Stop all machines in the Fly dashboard',
        risk: 'Nobody is served at all, which is the point when data is being lost; they have to be started again.',
        intent: null,
        where: `https://fly.io/apps/${state.declared.service}/machines`,
      },
    ];
  }
  return [];
}
