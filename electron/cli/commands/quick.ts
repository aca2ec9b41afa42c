/** `rollbook quick`: rolls one service back to one version at once, as a P0 incident that the team is told of afterwards. */
import { obligations } from '#shared/incident/obligations.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import type { Outcome } from '#shared/incident/step-outcomes.ts';
import { quickSteps, versionOf } from '#shared/incident/quick.ts';
import { stepState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { declareQuick, declareQuickDrill, quickRollback } from '#core/incidents/quick-rollback.ts';
import { actAndSay } from '../act.ts';
import { inStore, inStoreOrApart } from '../emergency-store.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { print, printFailure, type Terminal } from '../terminal.ts';
import { NO_PROGRESS } from '../progress.ts';
import { sayWaiting } from '../warnings.ts';
import { progressText, toolsLine } from '../wizard/introduction.ts';
import { followIncident } from '../wizard/follow-incident.ts';
import { readOutputs } from '../wizard/read-outputs.ts';
import { runWizard } from '../wizard/run-wizard.ts';
import { chosenRunbook, type RunbookOptions } from './chosen-runbook.ts';
import { keptText, type Stores } from './run.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { invocation } from '../invocation.ts';

export interface QuickOptions extends RunbookOptions {
  readonly immediate?: boolean;
  readonly evenIfBad?: boolean;
  /** Play it on the simulated tools of this scenario. */
  readonly drill?: string;
  /** How fast a drill's clock runs. */
  readonly speed: number;
  /** A runbook file; the bundled one by default. */
  readonly runbook?: string;
  /** Minutes ago. */
  readonly detected: number;
  readonly json: boolean;
}

interface QuickResult {
  readonly incidentId: string;
  readonly service: string;
  readonly version: number;
  /** Outcome of the deploy: only `verified` is proven. */
  readonly deploy: Outcome | null;
  /** The whole incident's, as `rollbook incidents` lists it. */
  readonly outcome: Outcome;
  /** A person has confirmed that the symptom is gone, and the proof holds. */
  readonly effective: boolean;
  readonly owed: readonly string[];
  readonly resume: string | null;
  readonly error?: Failure;
}

/**
 * Codes before anything is declared: `bad-arguments`, `untrusted`, `unknown-scenario`, `tool-missing`, `no-release`,
 * `not-allowed`. Failures after the declaration are in the result.
 */
export async function quick(
  terminal: Terminal,
  { cores, tell }: Stores,
  service: string,
  versionText: string,
  options: QuickOptions,
): Promise<ExitCode> {
  const version = versionOf(versionText);
  if (version === null) {
    throw new RollbookError('bad-arguments', `"${versionText}" is not a version.`, 'Write it as v9 or 9.');
  }
  const wish = { service, version, evenIfBad: options.evenIfBad === true };
  const { drill } = options;
  const begin = async (each: OpenCore): Promise<string> => {
    const wanted = { ...wish, intentId: each.services.newId() };
    if (drill === undefined) return await declare(terminal, each, wanted, options);
    return await declareQuickDrill(each.services, { ...wanted, scenario: drill, speed: options.speed });
  };
  const { core, value: incidentId } =
    drill === undefined ? await inStoreOrApart(cores, tell, begin) : await inStore(cores, begin);
  const incident = await core.services.incidents.open(incidentId);
  const talk = options.json ? { ...terminal, out: terminal.err, progress: NO_PROGRESS } : terminal;
  talk.out(`${toolsLine(incident)}\nIncident ${incidentId} declared: P0, ${service} to v${version}.\n`);
  const request = { ...wish, immediate: options.immediate === true };
  const unfollow = followIncident(incident, core.services, talk.out);
  const stopProgress = talk.progress(() => progressText(incident));
  const failure = await quickRollback(incident, request, core.services.operator, core.services.newId).then(
    () => null,
    (thrown: unknown) => toFailure(thrown),
  );
  const goesOn = failure === null && terminal.interactive;
  if (goesOn) await readFirst(talk, core, incident);
  stopProgress();
  unfollow();
  if (goesOn) await runWizard(talk, incident, core.services);
  const result = resultOf(incident, version, failure);
  const apart = core === cores.spare.core ? core.services.store.folder : null;
  print(terminal, options.json, apart === null ? result : { ...result, keptIn: apart }, () =>
    resultText(result, incident, apart),
  );
  if (failure !== null && !options.json) printFailure(terminal, false, failure);
  if (sayWaiting(terminal, incidentId, incident.context.storageHealth.acts) || apart !== null) return EXIT.store;
  if (failure !== null) return exitCodeOf(failure.code);
  return result.deploy === 'verified' && !symptomRemains(incident) ? EXIT.ok : EXIT.failed;
}

async function declare(
  terminal: Terminal,
  core: OpenCore,
  wish: Omit<Parameters<typeof declareQuick>[1], 'runbook' | 'detectedAt'>,
  options: QuickOptions,
): Promise<string> {
  const { summary } = await chosenRunbook(terminal, core.services, options.runbook, options);
  const detectedAt = core.services.clock.now() - options.detected * 60_000;
  return await declareQuick(core.services, { ...wish, runbook: summary.hash, detectedAt });
}

/** After the deploy: runs the reads that need no answer and prints them, before the person is asked about the symptom. */
async function readFirst(terminal: Terminal, core: OpenCore, incident: OpenIncident): Promise<void> {
  const { eventLog, runbook } = incident.context;
  const next = nextAction(eventLog.state, runbook);
  if (next.kind !== 'do' || next.intent.kind !== 'run-reads') return;
  const printReads = readOutputs(incident, terminal.out);
  await actAndSay(incident, next.intent, core.services.operator, terminal.out);
  await incident.settled();
  await printReads();
}

function resultOf(incident: OpenIncident, version: number, failure: Failure | null): QuickResult {
  const { eventLog, runbook, incidentId } = incident.context;
  const { state } = eventLog;
  return {
    incidentId,
    service: state.declared.service,
    version,
    deploy: stepState(state, quickSteps(runbook).deploy.id).outcome,
    outcome: incidentOutcome(state, runbook),
    effective: state.effectiveAt !== null,
    owed: obligations(state, runbook)
      .filter(({ paid }) => paid === null)
      .map(({ what }) => what),
    resume: state.resolvedAt === null ? `${invocation()} run --resume ${incidentId}` : null,
    ...(failure === null ? {} : { error: failure }),
  };
}

function symptomRemains(incident: OpenIncident): boolean {
  const { eventLog, runbook } = incident.context;
  const asked = quickSteps(runbook).procedure.steps.filter((step) => definitionOf(step).asksForSymptom === true);
  return asked.some(({ id }) => stepState(eventLog.state, id).outcome === 'failed');
}

function resultText(result: QuickResult, incident: OpenIncident, apart: string | null): string {
  const { deploy } = quickSteps(incident.context.runbook);
  const { outcome, reason } = stepState(incident.context.eventLog.state, deploy.id);
  return [
    `${result.service} to v${result.version}: ${outcome ?? 'not deployed'}${reason === '' ? '' : ` (${reason})`}`,
    ...result.owed.map((what) => `Owed: ${what}`),
    ...(result.resume === null ? [] : [`Left open. Go on with: ${result.resume}`]),
    apart === null ? `Report: ${invocation()} export ${result.incidentId}` : keptText(result.incidentId, apart),
  ].join('\n');
}
