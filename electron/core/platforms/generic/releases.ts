/** The releases of a service whose runbook declares how they are listed, what runs and what proves the way back. */
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { runsOfStep } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/services.ts';
import {
  fingerprintOf,
  identityOf,
  isSameButOwn,
  judgeReleases,
  type ListedRelease,
  runsChosen,
  toReleases,
} from '#shared/platforms/generic/releases.ts';
import { readRows } from '#shared/platforms/generic/rows.ts';
import { healthAnswers, isHealthy } from '#shared/platforms/health.ts';
import { brokenRule, filledRules, unseenRule } from '#shared/runbook/expectation.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { ServiceCommand, ServiceCommands } from '#shared/runbook/service.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import { namedGroupsOf } from '#shared/runbook/pattern.ts';
import { healthChecks, serviceHealth } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { endedRun, type Ran, runCommand } from '#core/engine/run-command.ts';
import { failedRead } from '#core/engine/run-reads.ts';
import { declaredTarget, givenTo, serviceTarget, type Target, valuesOf } from '#core/engine/values.ts';
import { unlessUnwritten } from '#core/event-log/storage-health.ts';
import { deployedHere, troubleSince } from '../choice.ts';
import type { LookAgain, ReleasePlatform, StateBefore } from '../release-platform.ts';

/** How long a service may take to run the release and to be healthy after its change ended, ms, incident clock. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
const LOOKS_AT_MOST = 30;

type Running = PayloadOf<'releases.read'>['running'];

export const genericReleases = (commands: ServiceCommands): ReleasePlatform => ({
  offer: async (context, step, actor, service) => {
    const target = targetOf(context, service);
    const releases = await readReleases(context, step, commands, target, actor);
    const running = await readRunning(context, step, commands, target, actor);
    return offered(context, step, commands, releases, running, service);
  },
  offerPasted: (context, step, pasted) => {
    const [list, now] = [commands.releases.command, commands.running.command].map(({ text }) => {
      const command = step.commands.find((each) => each.text === text);
      return command && pasted(command);
    });
    if (list === undefined || now === undefined) return null;
    const { releases, running } = commands;
    const rows = readRows(releases.command.text, releases.read, list, namedGroupsOf);
    return offered(context, step, commands, toReleases(rows, releases.newest), runningIn(running, now));
  },
  running: async (context, step, service) => ({
    running: await readRunning(context, step, commands, targetOf(context, service), ROLLBOOK),
  }),
  mustBeUnchanged: (context, step, look) => mustBeUnchanged(context, step, commands, look),
  changeArguments: () => [],
  prove: (context, step, before, target) => prove(context, step, commands, before, target),
  foreign: (context, step, service, named) => ({ look: () => lookForForeign(context, step, commands, service, named) }),
});

function targetOf({ eventLog: { state } }: IncidentContext, service: string): Target {
  return state.system[service] === undefined && service === state.declared.service
    ? declaredTarget(state)
    : serviceTarget(state, service);
}

async function read(
  context: IncidentContext,
  step: Step,
  name: string,
  command: ServiceCommand,
  target: Target,
  actor: string,
  expects?: Expectation,
): Promise<Ran> {
  const { text, tool, form } = command;
  const runnable = { id: `${step.id}#${name}`, text, tool, form, line: step.line, usualMs: null, timeoutMs: 15_000 };
  const watched = expects === undefined ? runnable : { ...runnable, expects };
  return await runCommand(context, step, { ...watched, effect: 'read' }, actor, { target });
}

/** Code: as failedRead, besides those of runCommand. */
async function mustRead(...[context, step, name, command, target, actor]: Parameters<typeof read>): Promise<string> {
  const ran = await read(context, step, name, command, target, actor);
  if (ran.exit.kind === 'code' && ran.exit.code === 0) return ran.stdout;
  throw failedRead(context, ran.runId, command.text);
}

async function readReleases(
  context: IncidentContext,
  step: Step,
  { releases: { command, read: reader, newest } }: ServiceCommands,
  target: Target,
  actor: string,
): Promise<readonly ListedRelease[]> {
  const printed = await mustRead(context, step, 'releases', command, target, actor);
  return toReleases(readRows(command.text, reader, printed, namedGroupsOf), newest);
}

async function readRunning(
  context: IncidentContext,
  step: Step,
  { running }: ServiceCommands,
  target: Target,
  actor: string,
): Promise<Running> {
  return runningIn(running, await mustRead(context, step, 'running', running.command, target, actor));
}

const runningIn = ({ command, read: reader }: ServiceCommands['running'], printed: string): Running =>
  readRows(command.text, reader, printed, namedGroupsOf).map((row) => ({
    version: null,
    label: row.release,
    image: identityOf(row),
    digest: null,
  }));

function offered(
  context: IncidentContext,
  step: Step,
  { releases: { complete } }: ServiceCommands,
  releases: readonly ListedRelease[],
  running: Running,
  service: string = context.eventLog.state.declared.service,
): PayloadOf<'releases.read'> {
  const verdicts = judgeReleases({
    releases,
    running: running.map(({ image }) => image),
    detectedAt: troubleSince(context),
    tried: deployedHere(context.eventLog.events, service),
    complete,
  });
  return {
    stepId: step.id,
    fingerprint: fingerprintOf(releases),
    releases: [...releases],
    running,
    proposed: verdicts.find(({ verdict }) => verdict === 'proposed')?.version ?? null,
    verdicts: [...verdicts],
  };
}

async function mustBeUnchanged(
  context: IncidentContext,
  step: Step,
  commands: ServiceCommands,
  { service, choice, tries, changed }: LookAgain,
): Promise<StateBefore> {
  if (choice === null) {
    const advice = 'Choose the release to go back to.';
    throw new RollbookError('no-release', `No release was chosen for ${service}.`, advice);
  }
  const target = targetOf(context, service);
  const releases = await readReleases(context, step, commands, target, ROLLBOOK);
  if (isSameButOwn(choice, releases, tries))
    return { platform: 'generic', running: await readRunning(context, step, commands, target, ROLLBOOK) };
  const [newest = null] = releases;
  await changed?.(fingerprintOf(releases), newest);
  throw new RollbookError(
    'releases-changed',
    `The releases of ${service} changed since ${choice.label ?? choice.image} was chosen: the newest is now ${newest?.label ?? 'none'}.`,
    'Find out who did that, then read the releases and choose again. Nothing was changed.',
  );
}

/** What the runbook declares, then what runs now, then the health addresses: each until it holds or its time is over. */
async function prove(
  context: IncidentContext,
  step: Step,
  commands: ServiceCommands,
  before: StateBefore | null,
  target: Target,
): Promise<PayloadOf<'proof.evaluated'>> {
  const { choice, service } = target;
  const was = before?.platform === 'generic' ? before.running : choice === null ? [] : [choice.from];
  if (choice === null) {
    const detail = 'No release was chosen, so there is nothing to compare with.';
    const findings = [{ rule: 'release-running', met: false, detail }];
    return { stepId: step.id, met: false, before: [...was], after: [], findings };
  }
  const declared = [];
  for (const [index, proof] of commands.prove.entries())
    declared.push(await lookAt(context, step, `proof-${index + 1}`, proof, target));
  // What failed does not come to run by waiting.
  const waits = declared.every(({ met }) => met) && !hasFailed(context, step);
  const until = context.adapter.clock.now() + (waits ? PATIENCE_MS : 0);
  let after = await readRunning(context, step, commands, target, ROLLBOOK);
  while (!runsChosen(after, choice).met && context.adapter.clock.now() < until) {
    await context.adapter.clock.sleep(LOOK_EVERY_MS, context.letGo);
    context.letGo.throwIfAborted();
    after = await readRunning(context, step, commands, target, ROLLBOOK);
  }
  const running = runsChosen(after, choice);
  const patienceMs = waits && running.met ? PATIENCE_MS : 0;
  const health =
    healthChecks(context, service).length === 0
      ? []
      : [healthAnswers(await serviceHealth(context, service, isHealthy, { patienceMs }))];
  const findings = [running, ...declared, ...health];
  return { stepId: step.id, met: findings.every(({ met }) => met), before: [...was], after, findings };
}

function hasFailed({ eventLog: { state } }: IncidentContext, step: Step): boolean {
  const exit = runsOfStep(state, step.id).findLast(({ effect }) => effect === 'change')?.exit ?? null;
  return exit !== null && (exit.kind !== 'code' || exit.code !== 0);
}

/** Repeats a proof until its rules hold or its time is over. Code: `environment` when a rule could not see all output. */
async function lookAt(
  context: IncidentContext,
  step: Step,
  name: string,
  { command, expects, withinMs }: ServiceCommands['prove'][number],
  target: Target,
) {
  const { clock } = context.adapter;
  const until = clock.now() + withinMs;
  const pauseMs = Math.max(LOOK_EVERY_MS, withinMs / LOOKS_AT_MOST);
  const given = givenTo(context.eventLog.state, context.secretsGiven);
  const rules = filledRules(expects, valuesOf(target, context.runbook, context.environment, given));
  const about = `\`${command.text}\``;
  for (;;) {
    const ran = await read(context, step, name, command, target, ROLLBOOK, expects);
    context.letGo.throwIfAborted();
    const { output } = endedRun(ran);
    const broken = ran.exit.kind === 'code' ? brokenRule(rules, ran.exit.code, output) : 'It did not end by itself.';
    const unseen = broken === null ? unseenRule(rules, output) : null;
    if (unseen !== null) throw new RollbookError('environment', `${about}: ${unseen}`, 'Have it print less.');
    if (broken === null) return { rule: name, met: true, detail: `${about} says what it has to say.` };
    if (clock.now() >= until) return { rule: name, met: false, detail: `${about}: ${broken}` };
    await clock.sleep(pauseMs, context.letGo);
  }
}

/** Raises an alarm when something else runs than what was put back; once for each thing that runs. */
async function lookForForeign(
  context: IncidentContext,
  step: Step,
  commands: ServiceCommands,
  service: string,
  named: boolean,
): Promise<void> {
  const { state } = context.eventLog;
  const own = service === state.declared.service ? state.choice : null;
  const choice = serviceState(state, service).choice ?? own;
  if (choice === null) return;
  const reading = readRunning(context, step, commands, targetOf(context, service), ROLLBOOK);
  const running = await unlessUnwritten(context, reading).catch((): Running => []);
  const other = running.find(({ image }) => image !== choice.image);
  if (other === undefined || state.watch?.foreign?.label === other.label) return;
  const payload = {
    stepId: step.id,
    version: 0,
    label: other.label ?? other.image,
    description: 'it runs now',
    user: 'somebody',
    ...(named ? { service } : {}),
  };
  await context.eventLog.tryAppend(ROLLBOOK, [{ kind: 'release.foreign', payload }]);
}
