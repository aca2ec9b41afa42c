/** Drills: a scenario's simulated cloud behind the same acts, proofs and clocks as a real incident. */
import type { CallArgs, ScenarioSummary } from '#shared/api/calls.ts';
import type { DrillBookView } from '#shared/api/drill-calls.ts';
import { serviceOf } from '#shared/runbook/services.ts';
import { factOfRow } from '#shared/incident/matrix-row.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Recording } from '#shared/recordings/recording.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import type { Clock, ToolAdapter, ToolLocator } from '#core/ports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { drillClock } from '#core/simulator/drill-clock.ts';
import { listScenarios, loadScenario } from '#core/simulator/scenario-files.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import { simulatedAdapter } from '#core/simulator/adapter.ts';
import { createCloud, memoryCloud, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { drillBook } from './drill-book.ts';
import { mustHaveTools, mustBePracticeService } from './practice-guard.ts';
import { type Recorded, recordIncident } from './record-incident.ts';
import { declaredBy, openRecording, recordedTools } from './recorded-drill.ts';
import type { SimulatedClouds } from './simulated-clouds.ts';
import { usualSymptomProbe } from './usual-symptom-probe.ts';
import type { Store } from '#core/store/store.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';

export interface DrillStart {
  readonly scenario: string;
  /** How fast the drill's clock runs. */
  readonly speed: number;
  /** Line of the matrix row that was chosen; null: the one the scenario was written for. */
  readonly rowLine?: number | null;
  /** Must be the scenario's own; null: whatever it plays. */
  readonly service?: string | null;
  readonly actor: string;
  readonly intentId: string;
}

interface DrillParts {
  readonly incidents: IncidentService;
  readonly runbooks: RunbookRepository;
  /** Hash of the bundled runbook. */
  readonly bundled: string;
  readonly store: Store;
  /** Wall time, which a drill's own is reckoned from. */
  readonly clock: Clock;
  /** The tools of this machine. */
  readonly tools: ToolLocator;
  readonly environment: Readonly<Record<string, string>>;
}

interface RecordingStart {
  readonly recording: Recording;
  /** Hash of its runbook. */
  readonly runbook: string;
  readonly speed: number;
  readonly actor: string;
  readonly intentId: string;
}

type RealDrillStart = CallArgs<'drill.start-real'> & { readonly actor: string };

type Declared = PayloadOf<'incident.declared'>;
export type DrillFact = NonNullable<Declared['drill']>;

export class Drills {
  #parts: DrillParts;

  constructor(parts: DrillParts) {
    this.#parts = parts;
  }

  /** Held, due and proven. Code: `not-found` for an unknown runbook. */
  book(runbook: string | null): Promise<DrillBookView> {
    return drillBook(this.#parts, runbook ?? this.#parts.bundled);
  }

  /** Declares a drill with the real tools, in real time. Codes: `bad-arguments`, `not-found`, `untrusted`, `tool-missing`. */
  async startReal({ runbook, service, rowLine, procedureId, actor, intentId }: RealDrillStart): Promise<string> {
    mustBePracticeService(service);
    const { model, summary } = await this.#parts.runbooks.open(runbook ?? this.#parts.bundled);
    if (!summary.trusted) {
      throw new RollbookError('untrusted', `${summary.title} was not reviewed yet.`, 'Review it, then run the drill.');
    }
    if (serviceOf(model, service) === null) {
      const practisable = model.settings.services
        .map(({ id }) => (id.endsWith('-test') ? id : `${id}-test`))
        .filter((id) => serviceOf(model, id) !== null);
      throw new RollbookError(
        'bad-arguments',
        `${summary.title} has no service that ${service} could stand for.`,
        `Declare it under services: in the front matter, with its health address.${practisable.length === 0 ? '' : ` It knows ${practisable.join(', ')}.`}`,
      );
    }
    const wanted = procedureId ?? model.procedures[0]?.id ?? null;
    if (wanted !== null && !model.procedures.some(({ id }) => id === wanted)) {
      const known = model.procedures.map(({ id }) => id).join(', ');
      throw new RollbookError('bad-arguments', `There is no procedure "${wanted}".`, `Choose one of: ${known}.`);
    }
    const row = rowLine === null ? rowLeadingTo(model, wanted) : model.matrix.rows.find(({ line }) => line === rowLine);
    if (row === undefined) {
      throw new RollbookError('bad-arguments', `The matrix has no row at line ${rowLine}.`, 'Choose one of its rows.');
    }
    const declared: Declared = {
      kind: 'drill',
      adapter: 'real',
      title: `${titleOf(model, row, procedureId)} (real tools)`,
      severity: row.severity,
      row: factOfRow(row),
      symptom: `A drill with real tools on ${service}.`,
      detectedAt: Math.round(this.#parts.clock.now()),
      service,
      runbook: { hash: summary.hash, title: summary.title, modelVersion: model.version },
      drill: null,
      ...usualSymptomProbe(model, service),
    };
    // A row that was named leads on; otherwise it only lends its severity and target.
    const led = rowLine === null ? null : (row.procedures[0] ?? null);
    const chosen = procedureId ?? led ?? wanted;
    await mustHaveTools(
      model.procedures.find(({ id }) => id === chosen),
      this.#parts.tools,
    );
    return await this.#parts.incidents.drill(declared, chosen, actor, intentId);
  }

  scenarios(): Promise<readonly ScenarioSummary[]> {
    return listScenarios();
  }

  /** The tools of a scenario as they are at its start, for a look that leaves nothing behind. Codes: as `start`. */
  async rehearsal(
    name: string,
    speed: number,
    service: string,
  ): Promise<{ readonly adapter: ToolAdapter; readonly detectedAt: number }> {
    const scenario = await loadScenario(name);
    mustPlay(scenario, service);
    const { startAt, detectedAt } = scenario;
    return { adapter: simulatedAdapter(scenario, drillClock(this.#parts.clock, { speed, startAt })), detectedAt };
  }

  /** Declares the drill and answers the incident's id. Codes: `unknown-scenario`, `unreadable-file`, `bad-arguments`. */
  async start({ scenario: name, speed, rowLine = null, service = null, actor, intentId }: DrillStart): Promise<string> {
    const scenario = await loadScenario(name);
    const { model, summary } = await this.#parts.runbooks.open(this.#parts.bundled);
    const row =
      rowLine === null ? rowOfScenario(scenario, model) : model.matrix.rows.find(({ line }) => line === rowLine);
    if (row === undefined) {
      throw new RollbookError('bad-arguments', `The matrix has no row at line ${rowLine}.`, 'Choose one of its rows.');
    }
    if (service !== null) mustPlay(scenario, service);
    const declared: Declared = {
      kind: 'drill',
      adapter: 'simulated',
      // The scenario's own title would give the cause and the cure away.
      title: row.condition,
      severity: row.severity,
      row: factOfRow(row),
      symptom: scenario.symptom,
      detectedAt: scenario.detectedAt,
      service: scenario.service.app,
      runbook: { hash: summary.hash, title: summary.title, modelVersion: model.version },
      drill: { scenario: name, speed, startAt: scenario.startAt, wallStartAt: this.#parts.clock.now() },
      ...usualSymptomProbe(model, scenario.service.app),
    };
    return await this.#parts.incidents.drill(
      declared,
      scenario.procedure ?? row.procedures[0] ?? null,
      actor,
      intentId,
    );
  }

  /** The recording of a finished incident. Codes: as recordIncident. */
  record(incidentId: string): Promise<Recorded> {
    return recordIncident(this.#parts.incidents, incidentId, this.#parts.environment);
  }

  /** A recording in a file, and the hash of its runbook. Codes: as openRecording. */
  openRecording(path: string): ReturnType<typeof openRecording> {
    return openRecording(this.#parts.runbooks, path);
  }

  /**
   * Declares a drill that plays a recording. Its runbook need not have been reviewed: nothing of it is run on this machine.
   * Codes: `bad-arguments`, `not-found`.
   */
  async startRecording({ recording, runbook, speed, actor, intentId }: RecordingStart): Promise<string> {
    const { model, summary } = await this.#parts.runbooks.open(runbook);
    const { hash, title } = summary;
    const { declared, procedureId } = declaredBy(recording, { model, hash, title }, speed, this.#parts.clock.now());
    return await this.#parts.incidents.drill(declared, procedureId, actor, intentId);
  }
}

/** The row that leads there first, else among others; for what no row leads to, the row of the first procedure. */
function rowLeadingTo(
  { matrix: { rows }, procedures: [first] }: Runbook,
  wanted: string | null,
): MatrixRow | undefined {
  const leading = (id: string | null | undefined): MatrixRow | undefined =>
    rows.find(({ procedures }) => procedures[0] === id) ??
    rows.find(({ procedures }) => procedures.some((each) => each === id));
  return leading(wanted) ?? leading(first?.id) ?? rows[0];
}

/** A procedure that no row leads to exists to be practised: the drill gets its title. */
function titleOf(model: Runbook, row: MatrixRow, procedureId: string | null): string {
  const own = model.procedures.find(({ id }) => id === procedureId);
  const led = model.matrix.rows.some(({ procedures }) => procedureId !== null && procedures.includes(procedureId));
  return led || own === undefined ? row.condition : own.title.replace(/^Procedure:\s*/i, '');
}

function mustPlay({ name, service }: Scenario, wanted: string): void {
  if (wanted === service.app) return;
  const message = `Scenario "${name}" plays ${service.app}, not ${wanted}.`;
  throw new RollbookError('bad-arguments', message, 'Name the service it plays.');
}

function rowOfScenario({ name, condition }: Scenario, { title, matrix }: Runbook): MatrixRow {
  const row = matrix.rows.find((candidate) => candidate.condition === condition);
  if (row !== undefined) return row;
  const message = `Scenario "${name}" plays the condition "${condition}", which ${title} does not have.`;
  throw new RollbookError('unreadable-file', message, 'Correct the scenario or the runbook.');
}

/** The simulated tools of one drill. Its simulated cloud is kept beside the incident, so a restarted Rollbook finds it as it was. */
export async function drillAdapter(
  clouds: SimulatedClouds,
  wall: Clock,
  incidentId: string,
  drill: DrillFact,
): Promise<ToolAdapter> {
  if (drill.recording !== undefined) return recordedTools(clouds, wall, incidentId, drill, drill.recording);
  const scenario = await loadScenario(drill.scenario);
  const { speed, startAt, wallStartAt } = drill;
  const clock = drillClock(wall, { speed, startAt, wallStartAt });
  const cloud = (clouds.get(incidentId) as SimulatedCloud | null) ?? createCloud(scenario);
  return simulatedAdapter(
    scenario,
    clock,
    memoryCloud(cloud, (changed) => clouds.keep(incidentId, changed)),
  );
}
