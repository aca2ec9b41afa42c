/** One command, from intent to result: the events around it, its process, its output. */
import { explainRun } from '#shared/failures/explain.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import type { RunState } from '#shared/incident/state.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Seen } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import type { Exit, RunningProcess, SpawnRequest } from '#core/ports.ts';
import { releaseLine } from '#shared/fly/built-release.ts';
import { GripLost, whileHeld } from './grip.ts';
import { HeardOutput } from './heard-output.ts';
import { rulesOf, rulesToKeep } from './held-to.ts';
import { heldPrinted } from './held-printed.ts';
import { READ_LIMIT_MS, readyToRun, type Runnable } from './ready-to-run.ts';
import { type Printed, ROLLBOOK, type Scene } from './scene.ts';
import { declaredTarget } from './values.ts';
import type { RanToEnd } from './verdict.ts';

export interface Ran extends Printed {
  readonly runId: string;
  readonly exit: Exit;
  /** Of a run that an earlier session began; not there: all of it was heard. */
  readonly seen?: Seen;
}

export const toEnd = ({ runId, exit, stdout, stderr, seen }: Ran): RanToEnd => ({
  runId,
  exit,
  output: seen ?? { text: `${stdout}\n${stderr}`, whole: true },
});

/** A change that the store held up for so long before it began is a person's to decide again, ms. */
const STALE_MS = 30_000;

/**
 * Runs it to its end. The intent is on disk before the process exists, the result before anybody is told.
 * Codes: `tool-missing`, `unknown-variable`, and those of the store.
 */
export async function runCommand(
  scene: Scene,
  step: Step,
  command: Runnable,
  actor: string,
  extra: readonly string[] = [],
  /** What this run alone gets in its environment: connection variables, which nothing shows or stores. */
  environment: (runId: string) => Readonly<Record<string, string>> = () => ({}),
  /** What the runbook's variables stand for. */
  target = declaredTarget(scene.journal.state),
): Promise<Ran> {
  const runId = scene.newId();
  const { tool, argv, env, shown, checkout } = await readyToRun(scene, runId, command, {
    extra,
    variables: environment(runId),
    target,
  });
  const cwd = checkout ?? (await scene.folders.make(runId));
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
  await intend(scene, actor, intended);
  const process = await start(scene, intended, {
    runId,
    argv,
    cwd,
    env,
    effect: command.effect,
    ...(command.effect === 'read' ? { timeoutMs: command.timeoutMs ?? READ_LIMIT_MS } : {}),
  });
  return await attend(scene, runId, process, new HeardOutput(scene.heard, rulesOf(scene, asWritten(step, command))));
}

/**
 * A reading waits for a store that takes nothing. A change must not begin when it does again, whoever looks then.
 * Codes of a change: those of the store, `store-unwritable` when what came before it was held up. Nothing was run then.
 */
async function intend({ journal, folders }: Scene, actor: string, payload: PayloadOf<'run.intended'>): Promise<void> {
  const drafts: readonly Draft[] = [{ kind: 'run.intended', payload }];
  if (payload.effect === 'read') return void (await journal.append(actor, drafts));
  try {
    mustBeFresh(journal);
    await journal.tryAppend(actor, drafts);
  } catch (thrown) {
    await folders.remove(payload.runId);
    throw thrown;
  }
}

function mustBeFresh({ state: { asked }, heldUp }: Scene['journal']): void {
  if (asked === null || heldUp === null || heldUp.until < asked.at || heldUp.until - heldUp.since < STALE_MS) return;
  const seconds = Math.round((heldUp.until - heldUp.since) / 1_000);
  throw new RollbookError(
    'store-unwritable',
    `For ${seconds} s nothing could be written down, so the command was not started.`,
    'Look at the service, then decide again.',
  );
}

/** What a step's own way of running it made of a command has the rules of the command in the file. */
const asWritten = ({ commands }: Step, command: Runnable): Pick<Command, 'expects'> =>
  commands.find(({ id }) => id === command.id) ?? command;

/** A process that could not be made leaves no run behind that would seem to go on for ever. */
async function start(
  scene: Scene,
  { runId }: PayloadOf<'run.intended'>,
  request: SpawnRequest,
): Promise<RunningProcess> {
  try {
    return await scene.adapter.spawner.spawn(request);
  } catch (thrown) {
    const output = await scene.outputs.finish(runId);
    await noteEnd(scene, { runId, exit: { kind: 'lost' }, stdout: '', stderr: '' }, 0, output);
    await scene.folders.remove(runId);
    throw thrown;
  }
}

/**
 * From the start of the process to its result on disk. `watched`: it begins now, and is held to its rules as it prints;
 * without, a former start of the app began it.
 */
export async function attend(
  scene: Scene,
  runId: string,
  process: RunningProcess,
  watched?: HeardOutput,
): Promise<Ran> {
  const began = scene.adapter.clock.monotonic();
  scene.running.set(runId, process);
  const sink = scene.outputs.open(runId);
  const heard = watched ?? new HeardOutput(scene.heard);
  process.onChunk((stream, bytes) => {
    heard.add(stream, bytes);
    sink.write(stream, bytes);
  });
  const { letGo } = scene;
  try {
    // A start that cannot be written down now is no reason to leave a running command alone.
    const noted = watched === undefined ? null : noteStart(scene, runId, process).catch(() => undefined);
    const exit = await whileHeld(letGo, process.exited);
    const endedAt = scene.journal.now();
    const run = scene.journal.state.runs.get(runId);
    // How long it was attended says nothing of a command that ran before.
    const durationMs =
      watched === undefined && run !== undefined
        ? Math.max(0, endedAt - beganAt(run))
        : Math.round(scene.adapter.clock.monotonic() - began);
    const printed = watched?.ended() ?? (await heldPrinted(scene, runId, sink, heard.bytes()));
    const output = await sink.close(letGo);
    await noted;
    return await noteEnd(scene, { runId, exit, ...printed }, durationMs, output, endedAt);
  } catch (thrown) {
    // The next holder attends it; both reading would split its output.
    if (thrown instanceof GripLost) process.leave();
    throw thrown;
  } finally {
    heard.forget();
    scene.running.delete(runId);
    if (!letGo.aborted) await scene.folders.remove(runId);
  }
}

/** In the incident's time: a process that could not be noted began right after its intent. */
export const beganAt = ({ startedAt, intendedAt }: RunState): number => startedAt ?? intendedAt;

async function noteStart(scene: Scene, runId: string, { pid, pgid, startTime }: RunningProcess): Promise<void> {
  await scene.journal.append(ROLLBOOK, [{ kind: 'run.started', payload: { runId, pid, pgid, startTime } }]);
}

/** Also for a run whose process ended while no Rollbook was there. `durationMs` and `endedAt`: of the incident's clock. */
export async function noteEnd(
  scene: Scene,
  ran: Ran,
  durationMs: number,
  output: Awaited<ReturnType<ReturnType<Scene['outputs']['open']>['close']>>,
  endedAt = scene.journal.now(),
): Promise<Ran> {
  const run = scene.journal.state.runs.get(ran.runId);
  const rules = run && rulesToKeep(scene, run, ran.exit, toEnd(ran).output);
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
  // What was seen is kept until the store takes it: looked for later, it could only be called lost.
  scene.unwritten.sawEnd({ runId: ran.runId, exit: ran.exit, at: endedAt });
  await scene.journal.append(ROLLBOOK, ended, endedAt);
  scene.unwritten.wroteEnd(ran.runId);
  scene.reattacher.acknowledge(ran.runId);
  const built = run?.effect === 'change' ? releaseLine(ran.stdout) : null;
  if (run !== undefined && built !== null) scene.keptText.keep(run.commandId, built);
  return ran;
}
