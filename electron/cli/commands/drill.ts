/** `rollbook drill`: lists the scenarios, or runs one to its end without a window. */
import { resolve } from 'node:path';
import { mitigationClock } from '#shared/incident/clocks.ts';
import type { Outcome } from '#shared/incident/outcome.ts';
import { incidentOutcome, stepSummaries, type StepSummary } from '#shared/incident/summary.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenCore } from '#core/core.ts';
import { ulid } from 'ulid';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { durationText } from '#shared/incident/duration.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { runWizard } from '../wizard/run-wizard.ts';

export interface DrillOptions {
  readonly list?: boolean;
  readonly scenario?: string;
  readonly auto?: boolean;
  /** How fast the drill's clock runs. */
  readonly speed: number;
  readonly report?: string;
  /** Success is the outcome that the scenario declares, not only `verified`. */
  readonly expect?: boolean;
  readonly json: boolean;
}

/** What a drill ended with. Times in ms of drill time; `met`: mitigation within target. */
interface DrillResult {
  readonly incidentId: string;
  readonly scenario: string;
  readonly outcome: Outcome;
  readonly expected: string;
  readonly target: number | null;
  readonly mitigation: number | null;
  readonly met: boolean;
  readonly steps: readonly StepSummary[];
}

export async function drill(terminal: Terminal, core: OpenCore, options: DrillOptions): Promise<ExitCode> {
  const { drills } = core.services;
  const scenarios = await drills.scenarios();
  if (options.list === true || options.scenario === undefined) {
    print(terminal, options.json, { scenarios }, listText);
    return EXIT.ok;
  }
  const incidentId = await drills.start({
    scenario: options.scenario,
    speed: options.speed,
    actor: core.services.operator,
    intentId: ulid(),
  });
  const incident = await core.services.desk.open(incidentId);
  if (options.auto === true) await autopilot(incident, core.services.operator, ulid);
  else if (options.json)
    throw new RollbookError('bad-arguments', '--json needs --auto: a drill by hand talks to a person.', 'Add --auto.');
  else await runWizard(terminal, incident, core.services);
  const result = resultOf(
    incident,
    options.scenario,
    scenarios.find(({ name }) => name === options.scenario)?.expected ?? '',
  );
  if (options.report !== undefined) {
    await core.services.reports.export(incidentId, resolve(terminal.cwd, options.report), core.services.operator);
  }
  print(terminal, options.json, result, resultText);
  const wanted = options.expect === true ? result.expected : 'verified';
  return result.outcome === wanted ? EXIT.ok : EXIT.failed;
}

function resultOf(
  incident: Awaited<ReturnType<OpenCore['services']['desk']['open']>>,
  scenario: string,
  expected: string,
): DrillResult {
  const { journal, runbook, incidentId } = incident.scene;
  const { state } = journal;
  const clock = mitigationClock(state, incident.scene.adapter.clock.now());
  return {
    incidentId,
    scenario,
    outcome: incidentOutcome(state, runbook),
    expected,
    target: clock.targetMs,
    mitigation: state.effectiveAt === null ? null : clock.elapsedMs,
    met: clock.met === true,
    steps: stepSummaries(state, runbook),
  };
}

const listText = ({ scenarios }: { scenarios: readonly { name: string; title: string; expected: string }[] }): string =>
  columns([
    ['SCENARIO', 'ENDS', 'WHAT HAPPENS'],
    ...scenarios.map(({ name, expected, title }) => [name, expected, title]),
  ]);

function resultText(result: DrillResult): string {
  const time = result.mitigation === null ? 'never effective' : `mitigated in ${durationText(result.mitigation)}`;
  const target = result.target === null ? 'no target' : `target ${durationText(result.target)}`;
  return [
    `DRILL ${result.scenario}: ${result.outcome} (declared: ${result.expected})`,
    `${time}, ${target}, ${result.met ? 'met' : 'missed'}`,
    columns(result.steps.map((step) => [`  ${step.outcome ?? 'not reached'}`, step.title])),
    `Report: rollbook export ${result.incidentId}`,
  ].join('\n');
}
