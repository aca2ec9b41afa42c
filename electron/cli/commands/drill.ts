/** `rollbook drill`: lists the scenarios, or runs one to its end without a window. */
import { resolve } from 'node:path';
import { programsOf } from '#shared/runbook-check/programs.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import type { Outcome } from '#shared/incident/step-outcomes.ts';
import { scoreOf, type StepScore } from '#shared/drills/score.ts';
import { incidentOutcome, isChecklistOpen, withChecklist } from '#shared/incident/incident-outcome.ts';
import { RollbookError } from '#shared/api/result.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { durationText } from '#shared/words/duration.ts';
import { drillHistory, drillSchedule } from './drill-book.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { introduction } from '../wizard/introduction.ts';
import { runWizard } from '../wizard/run-wizard.ts';

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
  /** A file, for --real; the bundled one unless named. */
  readonly runbook?: string;
  readonly scenario?: string;
  readonly auto?: boolean;
  /** How fast the drill's clock runs. */
  readonly speed: number;
  readonly report?: string;
  /** Success is the outcome that the scenario declares, not only `verified`. */
  readonly expect?: boolean;
  readonly json: boolean;
}

/** The result of a drill. Times in ms of drill time; `met`: mitigated within the target. */
interface DrillResult {
  readonly incidentId: string;
  /** null: a drill with real tools. */
  readonly scenario: string | null;
  readonly outcome: Outcome;
  /** An item of the checklist is neither ticked nor put off. */
  readonly checklistOpen: boolean;
  readonly expected: string;
  readonly target: number | null;
  readonly mitigation: number | null;
  /** From detected to contained, ms; null: never contained. */
  readonly contained: number | null;
  readonly met: boolean;
  /** Not resolved yet. */
  readonly open: boolean;
  /** ms until the target, negative when over it; null once its milestone is reached, it is over, or without a target. */
  readonly remaining: number | null;
  readonly steps: readonly StepScore[];
  readonly deviations: readonly string[];
  readonly stops: number;
}

/** Only with --real: a scenario sets these itself. */
const REAL_ONLY = ['service', 'row', 'runbook', 'procedure'] as const satisfies readonly (keyof DrillOptions)[];

export async function drill(terminal: Terminal, core: OpenCore, options: DrillOptions): Promise<ExitCode> {
  const { drills } = core.services;
  if (options.schedule === true) return await drillSchedule(terminal, core, options.json);
  if (options.history === true) return await drillHistory(terminal, core, options.json);
  if (options.real === true) return await realDrill(terminal, core, options);
  const idle = REAL_ONLY.filter((name) => options[name] !== undefined);
  if (idle.length > 0) {
    const what = `${idle.map((name) => `--${name}`).join(', ')} ${idle.length === 1 ? 'goes' : 'go'} with --real alone.`;
    throw new RollbookError('bad-arguments', what, 'Add --real, or leave it out.');
  }
  const scenarios = await drills.scenarios();
  // These options ask for a run. Without a scenario nothing would run, and a nightly job must not take that for success.
  const meant = options.auto === true || options.expect === true || options.report !== undefined;
  if (options.scenario === undefined && options.list !== true && meant) {
    const advice = 'Add --scenario NAME; "rollbook drill --list" lists them.';
    throw new RollbookError('bad-arguments', 'No scenario is named.', advice);
  }
  if (options.list === true || options.scenario === undefined) {
    print(terminal, options.json, { scenarios }, listText);
    return EXIT.ok;
  }
  // Checked before the drill is declared, so that a refusal leaves nothing behind.
  const report = reportPath(terminal, options);
  if (options.json && options.auto !== true)
    throw new RollbookError('bad-arguments', '--json needs --auto: a drill by hand asks questions.', 'Add --auto.');
  const incidentId = await drills.start({
    scenario: options.scenario,
    speed: options.speed,
    actor: core.services.operator,
    intentId: core.services.newId(),
  });
  return await play(terminal, core, incidentId, options, { scenario: options.scenario, report });
}

/** Absolute path for the report; null: none is wanted. Code: `bad-arguments`. */
const reportPath = (terminal: Terminal, { report }: DrillOptions): string | null =>
  report === undefined ? null : outputPath(terminal, report);

interface Played {
  /** null: with real tools. */
  readonly scenario: string | null;
  /** Absolute path of the report, or null. */
  readonly report: string | null;
}

/** Goes through a declared drill to its end and prints how it went. */
async function play(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  options: DrillOptions,
  { scenario, report }: Played,
): Promise<ExitCode> {
  const scenarios = await core.services.drills.scenarios();
  const incident = await core.services.incidents.open(incidentId);
  if (options.auto === true) await autopilot(incident, core.services.operator, core.services.newId);
  else await runWizard(terminal, incident, core.services, introduction(incident));
  const result = resultOf(incident, scenario, scenarios.find(({ name }) => name === scenario)?.expected ?? 'verified');
  if (report !== null) await core.services.reports.export(incidentId, report, core.services.operator);
  print(terminal, options.json, result, resultText);
  const wanted = options.expect === true ? result.expected : 'verified';
  return result.outcome === wanted ? EXIT.ok : EXIT.failed;
}

function resultOf(
  incident: Awaited<ReturnType<OpenCore['services']['incidents']['open']>>,
  scenario: string | null,
  expected: string,
): DrillResult {
  const { eventLog, runbook, incidentId } = incident.context;
  const { state } = eventLog;
  const clock = mitigationClock(state, eventLog.now());
  return {
    incidentId,
    scenario,
    outcome: incidentOutcome(state, runbook),
    checklistOpen: isChecklistOpen(state, runbook),
    expected,
    target: clock.targetMs,
    mitigation: state.effectiveAt === null ? null : clock.elapsedMs,
    contained: clock.contained?.elapsedMs ?? null,
    met: clock.met === true,
    open: state.resolvedAt === null,
    remaining: state.resolvedAt === null && clock.met === null ? clock.remainingMs : null,
    ...scoreOf(state, runbook),
  };
}

const listText = ({ scenarios }: { scenarios: readonly { name: string; title: string; expected: string }[] }): string =>
  columns([
    ['SCENARIO', 'ENDS', 'WHAT HAPPENS'],
    ...scenarios.map(({ name, expected, title }) => [name, expected, title]),
  ]);

/** "38 s, usual 1 min 30 s", as far as it is known. */
const stepTime = ({ tookMs, usualMs }: StepScore): string =>
  [tookMs === null ? '' : durationText(tookMs), usualMs === null ? '' : `usual ${durationText(usualMs)}`]
    .filter(Boolean)
    .join(', ');

/** A target is missed only when the drill is over; an open drill shows how much time is left, or how far it is over. */
function timeText({ mitigation, contained, target, met, open, remaining }: DrillResult): string {
  const aim = target === null ? 'no target' : `target ${durationText(target)}`;
  if (contained !== null) {
    const effective = mitigation === null ? 'not effective' : `mitigated in ${durationText(mitigation)}`;
    const judged = remaining === null ? verdict(target, met) : '';
    return `contained in ${durationText(contained)}, ${effective}${open && mitigation === null ? ' yet' : ''}, ${aim}${judged}`;
  }
  if (mitigation !== null) return `mitigated in ${durationText(mitigation)}, ${aim}${verdict(target, met)}`;
  if (!open) return `never effective, ${aim}${verdict(target, met)}`;
  if (remaining === null) return `open, not effective yet, ${aim}`;
  const left = remaining >= 0 ? `${durationText(remaining)} left` : `${durationText(-remaining)} over`;
  return `open, ${left}, ${aim}`;
}

const verdict = (target: number | null, met: boolean): string => (target === null ? '' : met ? ', met' : ', missed');

function resultText(result: DrillResult): string {
  const told = withChecklist(result.outcome, result.checklistOpen);
  const outcome = result.open ? `open, so far ${result.outcome}` : told;
  return [
    `DRILL ${result.scenario ?? 'with real tools'}: ${outcome} (declared: ${result.expected})`,
    timeText(result),
    columns(result.steps.map((step) => [`  ${step.outcome ?? 'not reached'}`, step.title, stepTime(step)])),
    ...(result.stops > 0 ? [`${result.stops} stopped by a person`] : []),
    ...result.deviations.map((what) => `Deviation: ${what}`),
    `Report: rollbook export ${result.incidentId}`,
  ].join('\n');
}

/** Declares a drill with the tools of this machine and prints their absolute paths. It is always done by hand. */
async function realDrill(terminal: Terminal, core: OpenCore, options: DrillOptions): Promise<ExitCode> {
  const { drills, newId, operator, tools, runbooks } = core.services;
  const report = reportPath(terminal, options);
  if (options.service === undefined) {
    const advice = 'Say which: rollbook drill --real --service NAME-test.';
    throw new RollbookError('bad-arguments', 'A drill with real tools needs an app that ends in -test.', advice);
  }
  if (options.auto === true || options.speed !== 1 || options.scenario !== undefined) {
    const what = 'A drill with real tools runs in real time, by hand, and plays no scenario.';
    throw new RollbookError('bad-arguments', what, 'Leave --auto, --speed and --scenario out.');
  }
  if (options.json) {
    const advice = 'Leave --json out; "rollbook drill --history --json" tells how it went.';
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
  return await play(terminal, core, incidentId, options, { scenario: null, report });
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
