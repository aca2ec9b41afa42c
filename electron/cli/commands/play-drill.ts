/** Goes through a declared drill to its end, by hand or on autopilot, and prints how it went. */
import { mitigationClock } from '#shared/incident/clocks.ts';
import type { Outcome } from '#shared/incident/step-outcomes.ts';
import { scoreOf, type StepScore } from '#shared/drills/score.ts';
import { incidentOutcome, isChecklistOpen, withChecklist } from '#shared/incident/incident-outcome.ts';
import { durationText } from '#shared/words/duration.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { introduction } from '../wizard/introduction.ts';
import { runWizard } from '../wizard/run-wizard.ts';
import { invocation } from '../invocation.ts';

interface PlayOptions {
  readonly auto?: boolean;
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

interface Played {
  /** null: with real tools. */
  readonly scenario: string | null;
  /** The outcome that the scenario declares. */
  readonly expected: string;
  /** Absolute path of the report, or null. */
  readonly report: string | null;
}

/** Exit 0 when it ended verified, or with `expect` as its scenario declares. */
export async function play(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  options: PlayOptions,
  { scenario, expected, report }: Played,
): Promise<ExitCode> {
  const incident = await core.services.incidents.open(incidentId);
  if (options.auto === true) await autopilot(incident, core.services.operator, core.services.newId);
  else await runWizard(terminal, incident, core.services, introduction(incident));
  const result = resultOf(incident, scenario, expected);
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
    `Report: ${invocation()} export ${result.incidentId}`,
  ].join('\n');
}
