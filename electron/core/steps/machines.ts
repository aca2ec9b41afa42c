/**
 * Stops all machines (product rule 10) and starts them again. Reads the machines and adds their ids to the step's commands.
 * Machines are not destroyed, so that they can be examined later. They are cordoned first, or Fly's proxy would start a
 * stopped machine at the next request. Proven by the list of machines and the public address.
 */
import { HEALTH_INTERVAL_MS, type HealthAnswer, HEALTHY_ANSWERS_NEEDED, isHealthy } from '#shared/platforms/health.ts';
import { isRunning } from '#shared/platforms/fly/machine-states.ts';
import { parseMachineList, type ListedMachine } from '#shared/platforms/fly/status.ts';
import { RollbookError } from '#shared/api/result.ts';
import { type Proven, postCondition } from '#shared/incident/outcome-contract.ts';
import {
  areAtRest,
  evaluateStarted,
  evaluateStopped,
  type MachineFinding,
} from '#shared/platforms/fly/machines-stopped.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { serviceHealth } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';
import { flyReading } from '#core/platforms/fly/read-releases.ts';
import type { StepEffects } from './step-effects.ts';
import { undoStepOf } from './undo-step.ts';

type What = 'stop' | 'start';

/** How long machines may take to stop or to become healthy after the command has ended, ms, incident clock. */
const PATIENCE_MS = 60_000;

const effects = (what: What): StepEffects => ({
  change: (context, step, command, actor) => change(context, step, command, actor, what),
  prove: (context, step) => prove(context, step, what),
});
export const stopMachines = effects('stop');
export const startMachines = effects('start');

/** Codes: `not-allowed` when there is no machine, and those of runCommand and flyReading. */
async function change(context: IncidentContext, step: Step, command: Command, actor: string, what: What): Promise<Ran> {
  const { service } = context.eventLog.state.declared;
  const machines = await readMachines(context, step, actor);
  const ids = what === 'stop' ? machines.map(({ id }) => id) : toStart(context, machines);
  if (ids.length === 0)
    throw new RollbookError('not-allowed', `${service} has no machine to ${what}.`, 'Look at it in the Fly dashboard.');
  if (what === 'stop') await noteStopping(context, step, machines);
  // Continue after a failed command, to stop as many machines as possible. The proof shows which are left.
  let ran: Ran | null = null;
  for (const each of step.commands.filter(({ effect }) => effect !== 'read')) {
    const names = /^fly(?:ctl)? machines? /.test(each.text) ? ids : [];
    ran = await runCommand(context, step, { ...each, effect: 'change' }, actor, { extra: names });
    if (context.eventLog.state.runs.get(ran.runId)?.stopAsked != null) break;
  }
  return ran ?? (await runCommand(context, step, { ...command, effect: 'change' }, actor, { extra: ids }));
}

/** The ids of the machines that ran before the stop; all machines if that is unknown. */
function toStart(context: IncidentContext, machines: readonly ListedMachine[]): readonly string[] {
  const known = context.eventLog.state.stoppedMachines?.running ?? [];
  const there = machines.map(({ id }) => id);
  return known.length === 0 ? there : known.filter((id) => there.includes(id));
}

const fact = ({ id, group, state, cordoned }: ListedMachine) => ({
  id,
  group,
  state,
  ...(cordoned === true ? { cordoned } : {}),
});

async function noteStopping(context: IncidentContext, step: Step, machines: readonly ListedMachine[]): Promise<void> {
  const payload = {
    stepId: step.id,
    service: context.eventLog.state.declared.service,
    startStepId: undoStepOf(context.runbook, step),
    machines: machines.map(fact),
    running: machines.filter(isRunning).map(({ id }) => id),
  };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'machines.stopping', payload }]);
}

async function readMachines(context: IncidentContext, step: Step, actor: string): Promise<readonly ListedMachine[]> {
  const { service } = context.eventLog.state.declared;
  const ran = await flyReading(context, step, 'machines', `fly machine list -a ${service} --json`, actor);
  return parseMachineList(ran.stdout);
}

/** Checks the machines and records them. Codes: those of flyReading. */
async function prove(context: IncidentContext, step: Step, what: What): Promise<Proven> {
  const wanted = toStart(context, await readMachines(context, step, ROLLBOOK));
  const { machines, findings } =
    what === 'stop' ? await seeStopped(context, step) : await seeStarted(context, step, wanted);
  context.letGo.throwIfAborted();
  const proven = postCondition(findings);
  const payload = {
    stepId: step.id,
    service: context.eventLog.state.declared.service,
    what,
    startStepId: what === 'stop' ? undoStepOf(context.runbook, step) : step.id,
    met: proven.kind === 'met',
    machines: machines.map(fact),
    findings: [...findings],
  };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'machines.checked', payload }]);
  return proven;
}

interface Seen {
  readonly machines: readonly ListedMachine[];
  readonly findings: readonly MachineFinding[];
}

/** Waits until the machines have stopped, asks the address, then reads them again: a request could have started one. */
async function seeStopped(context: IncidentContext, step: Step): Promise<Seen> {
  const before = await until(context, step, areAtRest);
  const health = await ask(context, () => true, areAtRest(before) ? HEALTHY_ANSWERS_NEEDED : 1);
  const machines = await readMachines(context, step, ROLLBOOK);
  return { machines, findings: evaluateStopped(machines, health) };
}

async function seeStarted(context: IncidentContext, step: Step, wanted: readonly string[]): Promise<Seen> {
  const good = (machines: readonly ListedMachine[]): boolean =>
    evaluateStarted(wanted, machines, []).every(({ rule, met }) => met || rule === 'health-answers');
  const machines = await until(context, step, good);
  const health = good(machines) ? await ask(context, isHealthy) : [];
  return { machines, findings: evaluateStarted(wanted, machines, health) };
}

async function until(
  context: IncidentContext,
  step: Step,
  done: (machines: readonly ListedMachine[]) => boolean,
): Promise<readonly ListedMachine[]> {
  const { clock } = context.adapter;
  const end = clock.now() + PATIENCE_MS;
  for (;;) {
    const machines = await readMachines(context, step, ROLLBOOK);
    if (done(machines) || clock.now() >= end || context.letGo.aborted) return machines;
    await clock.sleep(HEALTH_INTERVAL_MS, context.letGo);
  }
}

/** The answers of the health address; empty: none is declared. */
async function ask(
  context: IncidentContext,
  good: (answer: HealthAnswer) => boolean,
  needed = HEALTHY_ANSWERS_NEEDED,
): Promise<readonly HealthAnswer[]> {
  const { service } = context.eventLog.state.declared;
  return await serviceHealth(context, service, good, { patienceMs: PATIENCE_MS, needed });
}
