/** One command, from intent to result: the events around it, its process, its output. */
import { stat } from 'node:fs/promises';
import { type Connection, connectionEnvironment } from '#shared/database/connection.ts';
import { targetsIn } from '#shared/database/databases-in.ts';
import { explainRun } from '#shared/failures/explain.ts';
import type { Draft, PayloadOf } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Seen } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { standsInCheckout } from '#shared/settings/needs.ts';
import { connectionNamed, connectionShown, sessionName } from '#core/database/named-connection.ts';
import { mustBePractice } from '#core/drills/practice-guard.ts';
import type { Exit, LocatedTool, RunningProcess, SpawnRequest } from '#core/ports.ts';
import { prepareCommand } from '#core/runner/prepare-command.ts';
import { releaseLine } from '#shared/fly/built-release.ts';
import { GripLost, whileHeld } from './grip.ts';
import { HeardOutput } from './heard-output.ts';
import { rulesOf, rulesToKeep } from './held-to.ts';
import { heldPrinted } from './held-printed.ts';
import { type Printed, ROLLBOOK, type Scene } from './scene.ts';
import { declaredTarget, givenTo, type Target, valuesOf } from './values.ts';
import { toEnd } from './verdict.ts';

export interface Ran extends Printed {
  readonly runId: string;
  readonly exit: Exit;
  /** Of a run that an earlier session began; not there: all of it was heard. */
  readonly seen?: Seen;
}

/** The part of a command that running it needs; the app's own readings (proof, watch) have no place in the file. */
export type Runnable = Pick<
  Command,
  'id' | 'text' | 'tool' | 'form' | 'line' | 'usualMs' | 'timeoutMs' | 'runsIn' | 'database' | 'expects'
> & {
  readonly effect: 'read' | 'change';
};

/** A change that the store held up for so long before it began is a person's to decide again, ms. */
const STALE_MS = 30_000;

/** Milliseconds after which a read-only command is stopped when the runbook does not say. */
export const READ_LIMIT_MS = 30_000;

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

interface ReadyToRun {
  readonly tool: LocatedTool;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Redacted, with the values filled in. */
  readonly shown: string;
  /** Where it runs; null: in an empty folder. */
  readonly checkout: string | null;
}

/** What is spawned for a command now. Codes: `tool-missing`, `unknown-variable`, `bad-arguments`, `environment`. */
export async function readyToRun(
  scene: Scene,
  runId: string,
  command: Runnable,
  {
    extra = [],
    variables = {},
    target = declaredTarget(scene.journal.state),
  }: {
    readonly extra?: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
    readonly target?: Target;
  } = {},
): Promise<ReadyToRun> {
  await scene.secrets?.ensure();
  const given = givenTo(scene.journal.state, scene.secretsGiven);
  const values = valuesOf(target, scene.runbook, scene.environment, given);
  const { tool: program, args, ...prepared } = prepareCommand(command, values, extra, scene.environment);
  const tool = await scene.adapter.tools.locate(program);
  if (tool === null) throw missing(program);
  const database = databaseOf(scene, command);
  const connection = database === null ? {} : connectionEnvironment(database, sessionName(runId));
  const env = { ...scene.environment, ...prepared.environment, ...connection, ...variables };
  mustBePractice(scene.journal.state.declared, { tool: program, args, env, effect: command.effect });
  const where = database === null ? '' : `${connectionShown(database)} `;
  return {
    tool,
    argv: [tool.path, ...args],
    env,
    shown: scene.outputs.redact(where + prepared.shown),
    checkout: await checkoutFor(scene, command),
  };
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

/** The database that the runbook says the command works on. Code: `bad-arguments` when its own words name one too. */
export function databaseOf(scene: Scene, { database, text }: Pick<Runnable, 'database' | 'text'>): Connection | null {
  if (database === undefined) return null;
  // What stands in the words would win, and be another one than is shown.
  if (targetsIn(text).length > 0) {
    throw new RollbookError(
      'bad-arguments',
      `\`${text}\` says itself where to connect, and the runbook says db=${database}.`,
      'Take it out of the command. Nothing was run.',
    );
  }
  return connectionNamed(scene, database);
}

/**
 * The checkout that the settings name, for a command that works on one; a drill on simulated tools has none.
 * Code: `environment` when it is gone, or when the runbook asks for one and none is set.
 */
export async function checkoutFor({ checkout, adapter }: Scene, command: Runnable): Promise<string | null> {
  const stands = standsInCheckout(command);
  if (stands === 'never') return null;
  if (checkout === null) {
    if (stands === 'if-set' || adapter.name !== 'real') return null;
    throw new RollbookError(
      'environment',
      `\`${command.text}\` has to run in a checkout of the repository, and none is set for this runbook.`,
      'Set the checkout path of this runbook under Settings, or by "rollbook settings set checkout PATH".',
    );
  }
  const found = await stat(checkout).catch(() => null);
  if (found?.isDirectory() === true) return checkout;
  throw new RollbookError('environment', `The checkout ${checkout} is not there.`, 'Correct it under Settings.');
}

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

const missing = (tool: string): RollbookError =>
  new RollbookError(
    'tool-missing',
    `${tool} is not on the PATH of this machine.`,
    `Install ${tool} or correct PATH, then do this step again; or copy the command, run it elsewhere and paste what it printed.`,
  );

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
    const durationMs = Math.round(scene.adapter.clock.monotonic() - began);
    const endedAt = scene.journal.now();
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

async function noteStart(scene: Scene, runId: string, { pid, pgid, startTime }: RunningProcess): Promise<void> {
  await scene.journal.append(ROLLBOOK, [{ kind: 'run.started', payload: { runId, pid, pgid, startTime } }]);
}

/** Also for a run whose process ended while no Rollbook was there. `endedAt`: of the incident's clock. */
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
  await scene.journal.append(ROLLBOOK, ended, endedAt);
  scene.reattacher.acknowledge(ran.runId);
  const built = run?.effect === 'change' ? releaseLine(ran.stdout) : null;
  if (run !== undefined && built !== null) scene.keptText.keep(run.commandId, built);
  return ran;
}
