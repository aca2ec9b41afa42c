/** Runs one command: records the intent, starts the process, reads its output, and records the result. */
import { LiveOutput, type Printed } from './output.ts';
import { heldOutput } from './stored-output.ts';
import type { RunningProcess, SpawnRequest, Exit } from '#core/ports.ts';
import { type EndedRun, rulesOf, rulesToKeep } from './judge.ts';
import { RollbookError, toFailure } from '#shared/api/result.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import type { RunState } from '#shared/incident/state.ts';
import { explainRun, neededLater } from '#shared/platforms/registry.ts';
import type { Seen } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { LeaseLost, whileHeld } from '#core/event-log/lease-scope.ts';
import { READ_LIMIT_MS, readyToRun, type Runnable } from './prepare-run.ts';
import { sessionName, type Target } from './values.ts';
import { ROLLBOOK, type IncidentContext } from './incident-context.ts';
import { monitored } from './monitor.ts';

export interface Ran extends Printed {
  readonly runId: string;
  readonly exit: Exit;
  /** What the rules could see of a run that an earlier session started; absent: this process read all of its output. */
  readonly seen?: Seen;
}

export const endedRun = ({ runId, exit, stdout, stderr, seen }: Ran): EndedRun => ({
  runId,
  exit,
  output: seen ?? { text: `${stdout}\n${stderr}`, whole: true },
});

/** A change that waited longer than this for the store must be decided again by a person, ms. */
const STALE_MS = 30_000;

interface RunCommandOptions {
  /** Arguments after those of the command. */
  readonly extra?: readonly string[];
  /** Environment variables added to this run. They are neither shown nor stored. */
  readonly environment?: (runId: string) => Readonly<Record<string, string>>;
  /** The service and release for the runbook's variables; by default the declared service. */
  readonly target?: Target;
}

/**
 * Runs a command to its end. The intent is on disk before the process starts, and the result before this resolves.
 * Codes: those of readyToRun and of the store.
 */
export async function runCommand(
  context: IncidentContext,
  step: Step,
  command: Runnable,
  actor: string,
  { environment = () => ({}), ...options }: RunCommandOptions = {},
): Promise<Ran> {
  const runId = context.newId();
  const { tool, argv, env, shown, checkout } = await readyToRun(context, command, {
    ...options,
    session: sessionName(runId),
    variables: environment(runId),
  });
  const cwd = checkout ?? (await context.folders.make(runId));
  const intended: PayloadOf<'run.intended'> = {
    runId,
    stepId: step.id,
    commandId: command.id,
    effect: command.effect,
    template: command.text,
    shown,
    binary: tool.path,
    toolVersion: tool.version,
    cwd,
    usualMs: command.usualMs,
  };
  await intend(context, actor, intended);
  const { effect, usualMs } = command;
  const timeoutMs = command.timeoutMs ?? READ_LIMIT_MS;
  const request = { runId, argv, cwd, env, effect, ...(effect === 'read' ? { timeoutMs } : {}) };
  const process = await start(context, intended, request);
  const live = new LiveOutput(context.outputBudget, rulesOf(context, asWritten(step, command)));
  const ended = (): Promise<Ran> => attend(context, runId, process, live);
  if (effect === 'read') return await ended();
  return await monitored(context, { runId, step, command, tool: command.tool, usualMs }, ended);
}

/**
 * Records the intent to run. A read waits until the store accepts writes. A change does not wait, because it must not
 * start later at a moment nobody chose. Codes for a change: those of the store, and `store-unwritable` when earlier writes
 * were delayed. The command was not started then.
 */
async function intend(
  { eventLog, folders }: IncidentContext,
  actor: string,
  payload: PayloadOf<'run.intended'>,
): Promise<void> {
  const drafts: readonly Draft[] = [{ kind: 'run.intended', payload }];
  if (payload.effect === 'read') return void (await eventLog.append(actor, drafts));
  try {
    mustBeFresh(eventLog);
    await eventLog.tryAppend(actor, drafts);
  } catch (thrown) {
    await folders.remove(payload.runId);
    throw thrown;
  }
}

function mustBeFresh({ state: { asked }, lastDelay }: IncidentContext['eventLog']): void {
  if (
    asked === null ||
    lastDelay === null ||
    lastDelay.until < asked.at ||
    lastDelay.until - lastDelay.since < STALE_MS
  )
    return;
  const seconds = Math.round((lastDelay.until - lastDelay.since) / 1_000);
  throw new RollbookError(
    'store-unwritable',
    `Nothing could be recorded for ${seconds} s, so the command was not started.`,
    'Look at the service, then decide again.',
  );
}

/** The command in the runbook that `command` was made from: its output rules apply. */
const asWritten = ({ commands }: Step, command: Runnable): Pick<Command, 'expects'> =>
  commands.find(({ id }) => id === command.id) ?? command;

/** Starts the process. When that fails, records that it was not started: it would otherwise look as if it still ran. */
async function start(
  context: IncidentContext,
  { runId, shown }: PayloadOf<'run.intended'>,
  request: SpawnRequest,
): Promise<RunningProcess> {
  try {
    return await context.adapter.spawner.spawn(request);
  } catch (thrown) {
    await context.outputs.finish(runId);
    const notStarted = { shown, why: toFailure(thrown).message };
    const nothing = { exit: { kind: 'lost' }, durationMs: 0, output: null, excerpt: '', explanation: null } as const;
    await context.eventLog.append(ROLLBOOK, [{ kind: 'run.ended', payload: { runId, ...nothing, notStarted } }]);
    await context.folders.remove(runId);
    throw thrown;
  }
}

/**
 * Reads the output of a process until it ends, and records the result. `watched`: checks the output rules of a process that
 * starts now; absent: an earlier session of Rollbook started it.
 */
export async function attend(
  context: IncidentContext,
  runId: string,
  process: RunningProcess,
  watched?: LiveOutput,
): Promise<Ran> {
  const began = context.adapter.clock.monotonic();
  context.running.set(runId, process);
  const sink = context.outputs.open(runId);
  const live = watched ?? new LiveOutput(context.outputBudget);
  process.onChunk((stream, bytes) => {
    live.add(stream, bytes);
    sink.write(stream, bytes);
  });
  const { letGo } = context;
  try {
    // When the start cannot be recorded, the running command is attended all the same.
    const noted = watched === undefined ? null : noteStart(context, runId, process).catch(() => undefined);
    const exit = await whileHeld(letGo, process.exited);
    const endedAt = context.eventLog.now();
    const run = context.eventLog.state.runs.get(runId);
    // A command from an earlier session ran longer than it was attended here.
    const durationMs =
      watched === undefined && run !== undefined
        ? Math.max(0, endedAt - beganAt(run))
        : Math.round(context.adapter.clock.monotonic() - began);
    const printed =
      watched?.ended(process.heardAll?.() ?? true) ?? (await heldOutput(context, runId, sink, live.bytes()));
    const output = await sink.close(letGo);
    await noted;
    return await noteEnd(context, { runId, exit, ...printed }, durationMs, output, endedAt);
  } catch (thrown) {
    // The next lease holder reads its output. If both read, each would get a part.
    if (thrown instanceof LeaseLost) process.leave();
    throw thrown;
  } finally {
    live.forget();
    context.running.delete(runId);
    if (!letGo.aborted) await context.folders.remove(runId);
  }
}

/** When a run began, ms since the epoch, incident clock: its recorded start, or else its intent. */
export const beganAt = ({ startedAt, intendedAt }: RunState): number => startedAt ?? intendedAt;

async function noteStart(
  context: IncidentContext,
  runId: string,
  { pid, pgid, startTime }: RunningProcess,
): Promise<void> {
  await context.eventLog.append(ROLLBOOK, [{ kind: 'run.started', payload: { runId, pid, pgid, startTime } }]);
}

/**
 * Records the end of a run, also of one that ended while Rollbook was not running. `durationMs` and `endedAt`: incident clock.
 * Returns `ran`.
 */
export async function noteEnd(
  context: IncidentContext,
  ran: Ran,
  durationMs: number,
  output: Awaited<ReturnType<ReturnType<IncidentContext['outputs']['open']>['close']>>,
  endedAt = context.eventLog.now(),
): Promise<Ran> {
  const run = context.eventLog.state.runs.get(ran.runId);
  const rules = run && rulesToKeep(context, run, ran.exit, endedRun(ran).output);
  const failed = ran.exit.kind !== 'code' || ran.exit.code !== 0;
  const ended: Draft[] = [
    {
      kind: 'run.ended',
      payload: {
        runId: ran.runId,
        exit: ran.exit,
        durationMs,
        output: { bytes: output.bytes, lines: output.lines, sha256: output.sha256 },
        excerpt: output.excerpt,
        explanation: failed ? explainRun(run?.binary ?? '', ran.exit, ran.stdout, ran.stderr) : null,
        ...(rules === undefined ? {} : { rules }),
      },
    },
  ];
  if (output.problem !== null) {
    const text = `The output of this command is not all stored: ${output.problem}`;
    ended.push({ kind: 'note.added', payload: { text, starred: true } });
  }
  // Kept in memory until the store accepts it: otherwise the exit would be lost.
  context.storageHealth.sawEnd({ runId: ran.runId, exit: ran.exit, at: endedAt });
  await context.eventLog.append(ROLLBOOK, ended, endedAt);
  context.storageHealth.wroteEnd(ran.runId);
  context.reattacher.acknowledge(ran.runId);
  const later = run?.effect === 'change' ? neededLater(ran.stdout) : null;
  if (run !== undefined && later !== null) context.keptText.keep(run.commandId, later);
  return ran;
}
