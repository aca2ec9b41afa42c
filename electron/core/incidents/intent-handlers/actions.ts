/** Intents that start something: commands, proofs, the watch. The intent is on disk before the work begins. */
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { procedureOf, stepState } from '#shared/incident/state.ts';
import { NOTHING_SEEN } from '#shared/runbook/expectation.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import {
  canBeProven,
  judgeStep,
  makeChange,
  mayStop,
  mustBeAllowed,
  planAction,
  proveAgain,
} from '#core/engine/action.ts';
import {
  type Act,
  commandOf,
  type IncidentContext,
  mustBeIdle,
  refuse,
  stepOf,
} from '#core/engine/incident-context.ts';
import { rulesToKeep } from '#core/engine/judge.ts';
import { endWhenDone, isRead, runReads } from '#core/engine/run-reads.ts';
import { migrationChosen } from '#core/steps/choose-migration.ts';
import { releaseChosen } from '#core/steps/choose-release.ts';
import { releasesChosen } from '#core/steps/choose-releases.ts';
import { deployServices, servicesToDeploy } from '#core/steps/deploy-releases.ts';
import { databaseConfirmed, mustBeIdentified } from '#core/steps/identify-database.ts';
import { effectsOf } from '#core/steps/registry.ts';
import { momentChosen } from '#core/steps/restore-database.ts';
import { keepWatch } from '#core/steps/watch.ts';
import { messagePosted } from './communication.ts';

type Handled = Extract<
  Intent['kind'],
  | 'run-reads'
  | 'choose-release'
  | 'choose-releases'
  | 'confirm-database'
  | 'choose-migration'
  | 'choose-restore'
  | 'deploy-services'
  | 'run-change'
  | 'stop-run'
  | 'ran-by-hand'
  | 'check-proof'
  | 'start-watch'
  | 'end-watch'
  | 'post-message'
>;

export const ACTION_HANDLERS: { readonly [K in Handled]: Act<K> } = {
  'run-reads': (context, { stepId, commandId }, actor) => {
    const step = stepOf(context, stepId);
    const commands = commandId === undefined ? step.commands.filter(isRead) : [commandOf(step, commandId)];
    const change = commands.find((command) => !isRead(command));
    if (change !== undefined)
      throw refuse(`"${change.text}" may change something.`, 'Run it as a change, after its gates.');
    const { read, gates } = effectsOf(step);
    gates?.read?.(context);
    return planAction(context, step, commandId ?? null, 'reads', () =>
      read === undefined ? runReads(context, step, commands, actor) : read(context, step, actor),
    );
  },

  'choose-release': releaseChosen,
  'choose-releases': releasesChosen,
  'confirm-database': databaseConfirmed,
  'choose-migration': migrationChosen,
  'choose-restore': momentChosen,

  'post-message': messagePosted,

  'deploy-services': (context, intent, actor) => {
    const step = stepOf(context, intent.stepId);
    const command = commandOf(step, intent.commandId);
    mustBeAllowed(context, step);
    const services = servicesToDeploy(context, step, intent.services);
    return planAction(context, step, command.id, 'change', () =>
      deployServices(context, step, command, services, actor),
    );
  },

  'run-change': (context, { stepId, commandId }, actor) => {
    const step = stepOf(context, stepId);
    const command = commandOf(step, commandId);
    mustBeAllowed(context, step);
    // A plain step may also change the declared database.
    if (command.database !== undefined && command.database === context.runbook.settings.database?.url)
      mustBeIdentified(context);
    effectsOf(step).gates?.run?.(context);
    return planAction(context, step, commandId, 'change', () => makeChange(context, step, command, actor));
  },

  'stop-run': (context, { runId, how }) => {
    const process = context.running.get(runId);
    const run = context.eventLog.state.runs.get(runId);
    if (process === undefined || run === undefined || run.endedAt !== null)
      throw refuse('That command is not running any more.', 'Look at its result.');
    const stopAsked = run.stopAsked ?? context.storageHealth.stopOf(runId);
    mayStop(stopAsked, how, context.adapter.clock.now());
    const effect = async (): Promise<void> => {
      if (how === 'interrupt') process.interrupt();
      else await process.kill();
    };
    return { drafts: [{ kind: 'run.stop-asked', payload: { runId, how } }], effect };
  },

  'ran-by-hand': (context, intent) => {
    const step = stepOf(context, intent.stepId);
    const command = commandOf(step, intent.commandId);
    const effect = isRead(command) ? 'read' : 'change';
    // Allowed also when no release was chosen: the proof then says that it could not compare.
    if (effect === 'change') mustBeAllowed(context, step);
    const runId = context.newId();
    const { keepPasted, takePasted = endWhenDone } = effectsOf(step);
    keepPasted?.(context, command, intent.output);
    // Redact before cutting: half a secret is not recognized.
    const excerpt = context.outputs.redact(intent.output).slice(-4_000);
    const { stepId, commandId, exitCode } = intent;
    // An empty paste does not mean that nothing was printed.
    const output = intent.output.trim() === '' ? NOTHING_SEEN : { text: intent.output, whole: true };
    const exit = { kind: 'code', code: exitCode } as const;
    const rules = rulesToKeep(context, { stepId, commandId, effect }, exit, output);
    const ran: Draft = {
      kind: 'run.by-hand',
      payload: { runId, stepId, commandId, effect, shown: command.text, exitCode, excerpt, ...(rules && { rules }) },
    };
    if (effect === 'change')
      return planAction(
        context,
        step,
        commandId,
        'proof',
        () => judgeStep(context, step, { runId, exit, output }, null),
        [ran],
      );
    return planAction(context, step, commandId, 'reads', () => takePasted(context, step), [ran]);
  },

  'check-proof': (context, { stepId }) => {
    const step = stepOf(context, stepId);
    if (!canBeProven(step))
      throw refuse(
        `"${step.title}" has no post-condition that could be checked.`,
        'Confirm it with what you observed.',
      );
    return planAction(context, step, null, 'proof', () => proveAgain(context, step), afterRegression(context, step));
  },

  'start-watch': (context, { stepId }) => {
    const step = stepOf(context, stepId);
    mustBeIdle(context.eventLog.state);
    if (step.watch === null) throw refuse(`"${step.title}" is not a watch.`, 'Reload the incident.');
    if (context.eventLog.state.watch?.endedAt === null) throw refuse('A watch is running.', 'End it first.');
    const { minutes } = step.watch;
    return {
      drafts: [{ kind: 'watch.started', payload: { stepId, minutes } }],
      effect: () => keepWatch(context, step),
    };
  },

  'end-watch': (context, { stepId, reason }) => {
    const { watch } = context.eventLog.state;
    if (watch?.stepId !== stepId || watch.endedAt !== null)
      throw refuse('That watch is not running.', 'Look at the timeline.');
    return {
      drafts: [
        { kind: 'watch.ended', payload: { stepId, completed: false, reason } },
        { kind: 'step.ended', payload: { stepId, outcome: 'stopped', reason, observed: null, dueAt: null } },
      ],
    };
  },
};

/**
 * After a regression everything is proven again: the deploy first, then the symptom, then the watch. Reopens those steps.
 */
function afterRegression({ eventLog, runbook }: IncidentContext, deploy: Step): readonly Draft[] {
  const { state } = eventLog;
  if (state.proofMetAt !== null || stepState(state, deploy.id).outcome !== 'verified') return [];
  const steps = procedureOf(state, runbook)?.steps ?? [];
  return steps
    .filter((step) => definitionOf(step).reliesOnProof === true && stepState(state, step.id).outcome !== null)
    .map(({ id }) => ({ kind: 'step.reopened', payload: { stepId: id, reason: 'the service regressed' } }));
}
