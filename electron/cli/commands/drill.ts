/** `rollbook drill`: lists the scenarios, or runs one to its end without a window. */
import { resolve } from 'node:path';
import { programsOf } from '#shared/runbook-check/programs.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { drillHistory, drillSchedule } from './drill-book.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { play } from './play-drill.ts';
import {
  isRecordingFile,
  mustBeAutoForJson,
  recordedDrill,
  recordingPath,
  writeRecordingOf,
} from './recorded-drill.ts';
import { invocation } from '../invocation.ts';

export interface DrillOptions {
  readonly list?: boolean;
  /** Show which drills are due. */
  readonly schedule?: boolean;
  /** Show past drills. */
  readonly history?: boolean;
  /** With the tools of this machine, on an app that ends in -test. */
  readonly real?: boolean;
  readonly service?: string;
  readonly row?: number;
  readonly procedure?: string;
  /** A file, for --real and --schedule; the bundled one unless named. */
  readonly runbook?: string;
  /** A name, or the file of a recording. */
  readonly scenario?: string;
  /** The id of a finished incident. */
  readonly from?: string;
  /** A file for the recording: of `from`, in place of playing it. */
  readonly write?: string;
  /** A file for the recording of a drill with real tools. */
  readonly record?: string;
  readonly auto?: boolean;
  /** How fast the drill's clock runs. */
  readonly speed: number;
  readonly report?: string;
  /** Success is the outcome that the scenario declares, not only `verified`. */
  readonly expect?: boolean;
  readonly json: boolean;
}

/** Only with --real: a scenario sets these itself. */
const REAL_ONLY = [
  'service',
  'row',
  'runbook',
  'procedure',
  'record',
] as const satisfies readonly (keyof DrillOptions)[];

export async function drill(terminal: Terminal, core: OpenCore, options: DrillOptions): Promise<ExitCode> {
  const { drills } = core.services;
  if (options.schedule === true) return await drillSchedule(terminal, core, options.runbook ?? null, options.json);
  if (options.history === true) return await drillHistory(terminal, core, options.json);
  if (options.real === true) return await realDrill(terminal, core, options);
  const idle = REAL_ONLY.filter((name) => options[name] !== undefined);
  if (idle.length > 0) {
    const what = `${idle.map((name) => `--${name}`).join(', ')} ${idle.length === 1 ? 'goes' : 'go'} with --real alone.`;
    throw new RollbookError('bad-arguments', what, 'Add --real, or leave it out.');
  }
  if (options.write !== undefined && options.from === undefined) {
    const advice = `Name the incident too: ${invocation()} drill --from ID --write FILE.`;
    throw new RollbookError('bad-arguments', '--write goes with --from alone.', advice);
  }
  if (options.from !== undefined && options.scenario !== undefined)
    throw new RollbookError('bad-arguments', '--from and --scenario exclude each other.', 'Leave one of them out.');
  if (options.list !== true && (options.from !== undefined || isRecordingFile(options.scenario)))
    return await recordedDrill(terminal, core, options, () => reportPath(terminal, options));
  const scenarios = await drills.scenarios();
  // These options ask for a run. Without a scenario nothing would run, and a nightly job must not take that for success.
  const meant = options.auto === true || options.expect === true || options.report !== undefined;
  if (options.scenario === undefined && options.list !== true && meant) {
    const advice = `Add --scenario NAME; "${invocation()} drill --list" lists them.`;
    throw new RollbookError('bad-arguments', 'No scenario is named.', advice);
  }
  if (options.list === true || options.scenario === undefined) {
    print(terminal, options.json, { scenarios }, listText);
    return EXIT.ok;
  }
  // Checked before the drill is declared, so that a refusal leaves nothing behind.
  const report = reportPath(terminal, options);
  mustBeAutoForJson(options);
  const incidentId = await drills.start({
    scenario: options.scenario,
    speed: options.speed,
    actor: core.services.operator,
    intentId: core.services.newId(),
  });
  return await play(terminal, core, incidentId, options, {
    scenario: options.scenario,
    expected: scenarios.find(({ name }) => name === options.scenario)?.expected ?? 'verified',
    report,
  });
}

/** Absolute path for the report; null: none is wanted. Code: `bad-arguments`. */
const reportPath = (terminal: Terminal, { report }: DrillOptions): string | null =>
  report === undefined ? null : outputPath(terminal, report);

const listText = ({ scenarios }: { scenarios: readonly { name: string; title: string; expected: string }[] }): string =>
  columns([
    ['SCENARIO', 'ENDS', 'WHAT HAPPENS'],
    ...scenarios.map(({ name, expected, title }) => [name, expected, title]),
  ]);

/** Declares a drill with the tools of this machine and prints their absolute paths. It is always done by hand. */
async function realDrill(terminal: Terminal, core: OpenCore, options: DrillOptions): Promise<ExitCode> {
  const { drills, newId, operator, tools, runbooks } = core.services;
  const report = reportPath(terminal, options);
  const record = options.record === undefined ? null : recordingPath(terminal, core, options.record);
  if (options.service === undefined) {
    const advice = `Say which: ${invocation()} drill --real --service NAME-test.`;
    throw new RollbookError('bad-arguments', 'A drill with real tools needs an app that ends in -test.', advice);
  }
  if (options.auto === true || options.speed !== 1 || options.scenario !== undefined || options.from !== undefined) {
    const what = 'A drill with real tools runs in real time, by hand, and plays no scenario.';
    throw new RollbookError('bad-arguments', what, 'Leave --auto, --speed, --scenario and --from out.');
  }
  if (options.json) {
    const advice = `Leave --json out; "${invocation()} drill --history --json" tells how it went.`;
    throw new RollbookError('bad-arguments', 'A drill with real tools asks questions, so it prints no JSON.', advice);
  }
  const runbook =
    options.runbook === undefined ? null : (await runbooks.importFile(resolve(terminal.cwd, options.runbook))).hash;
  const incidentId = await drills.startReal({
    runbook,
    service: options.service,
    rowLine: options.row === undefined ? null : await rowLine(runbooks, runbook, options.row),
    procedureId: options.procedure ?? null,
    actor: operator,
    intentId: newId(),
  });
  const { context } = await core.services.incidents.open(incidentId);
  const needed = programsOf({ procedures: context.runbook.procedures, otherCommands: [] }).map(({ tool }) => tool);
  const located = await Promise.all(needed.map((tool) => tools.locate(tool)));
  terminal.out(`Tools: ${located.flatMap((tool) => tool?.path ?? []).join(', ')}\n`);
  const ended = await play(terminal, core, incidentId, options, { scenario: null, expected: 'verified', report });
  const isOver = core.services.incidents.summary(incidentId).status !== 'open';
  if (record !== null && isOver) await writeRecordingOf(terminal, core, incidentId, record);
  else if (record !== null)
    terminal.err(
      `Nothing is recorded yet. When it is over: ${invocation()} drill --from ${incidentId} --write ${record}\n`,
    );
  return ended;
}

async function rowLine(
  runbooks: OpenCore['services']['runbooks'],
  hash: string | null,
  number: number,
): Promise<number> {
  const { rows } = (await runbooks.open(hash ?? runbooks.bundled().hash)).model.matrix;
  const row = rows[number - 1];
  if (row !== undefined) return row.line;
  throw new RollbookError('bad-arguments', `There is no row ${number}.`, `Choose 1 to ${rows.length}.`);
}
