/**
 * All incidents of the data folder: lists, declares and opens them. Begin here to read this folder. An open incident is in
 * `open-incident.ts`, and `intent-handlers/` has what each intent does.
 */
import { keptIncidents } from '#core/event-log/kept-acts.ts';
import type { ReadContext } from '#core/engine/quiet-read.ts';
import type { CallArgs } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { RollbookError, toFailure } from '#shared/api/result.ts';
import { newestFirst } from '#shared/drills/held-at.ts';
import type { Draft, IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import { factOfRow, isFixForward, NO_ROW_REASON, ROW_REASON } from '#shared/incident/matrix-row.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { EVENT_VERSION } from '#shared/incident/upcast.ts';
import { mustKnowService } from '#shared/runbook/services.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { buildIncident, type IncidentServiceParts, realToolsFor } from './build-incident.ts';
import { Heartbeat } from './heartbeat.ts';
import type { OpenIncident } from './open-incident.ts';
import { type Hold, OpenIncidents } from './open-incidents.ts';
import { mended } from './row-from-events.ts';
import { steerIfWritable } from './steer-if-writable.ts';
import { summaryChange, toSummary, unknownIncident } from './summaries.ts';
import { chosenProbe } from './symptom-watch.ts';
import { writeKeptActsUnattended } from './without-store.ts';

type Declared = PayloadOf<'incident.declared'>;

export class IncidentService {
  #parts: IncidentServiceParts;
  #open: OpenIncidents;
  #listeners = new Set<(summary: IncidentSummary) => void>();

  constructor(parts: IncidentServiceParts) {
    this.#parts = parts;
    const heartbeat = new Heartbeat(parts.store.leases, parts.timers);
    const build = async (incidentId: string): Promise<OpenIncident> => {
      const opened = await buildIncident(parts, heartbeat, incidentId);
      opened.follow((events) => {
        this.tell(incidentId);
        // Possibly purged by another process: drop it from memory too.
        if (events.some(({ kind }) => kind === 'incident.purged')) void this.forget(incidentId);
      });
      return opened;
    };
    this.#open = new OpenIncidents(build, parts.timers, (incidentId) => this.tell(incidentId));
  }

  /** The newest first; a drill counts by the time it was held. */
  list(): readonly IncidentSummary[] {
    const { store } = this.#parts;
    return store
      .list()
      .map((incident) => toSummary(mended(this.#parts, incident), this.#hold(incident.id)))
      .toSorted(newestFirst);
  }

  /** Code: `not-found`. */
  summary(incidentId: string): IncidentSummary {
    const incident = this.#parts.store.incident(incidentId);
    if (incident === null) throw unknownIncident(incidentId);
    return toSummary(mended(this.#parts, incident), this.#hold(incidentId));
  }

  /** Calls `listener` when the row of an open incident changes. Returns the function that stops this. */
  onListed(listener: (summary: IncidentSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The id of the incident that this intent declared, in this process or an earlier one; null: none. */
  declaredBy(intentId: string): string | null {
    return this.#parts.store.declaredBy(intentId);
  }

  /** Declares a live incident. Codes: `not-found`, `bad-arguments`, `untrusted`. */
  async declare(args: CallArgs<'incident.declare'>, actor: string): Promise<string> {
    const { model, summary } = await this.#reviewed(args.runbook);
    const now = this.#parts.realAdapter.clock.now();
    if (args.detectedAt > now + 1_000) {
      throw new RollbookError('bad-arguments', 'The detection lies in the future.', 'Give a time that has passed.');
    }
    const row = args.rowLine === null ? null : (model.matrix.rows.find(({ line }) => line === args.rowLine) ?? null);
    const declared: Declared = {
      kind: 'live',
      adapter: 'real',
      title: args.title,
      severity: args.severity,
      row: row && factOfRow(row),
      symptom: args.symptom,
      detectedAt: Math.round(args.detectedAt),
      service: mustKnowService(model, args.service),
      runbook: { hash: summary.hash, title: summary.title, modelVersion: model.version },
      drill: null,
      ...chosenProbe(model, args, (text) => this.#parts.outputs.redact(text)),
    };
    return await this.#create(
      declared,
      row?.procedures[0] ?? null,
      actor,
      args.intentId,
      this.#parts.realAdapter.clock.now(),
    );
  }

  /** The context for reads before an incident is declared. Codes: `not-found`, `untrusted`, `bad-arguments`. */
  async readContext(runbook: string, service: string): Promise<ReadContext> {
    const { model, summary } = await this.#reviewed(runbook);
    mustKnowService(model, service);
    const { folders, newId, settings } = this.#parts;
    const adapter = realToolsFor(this.#parts, summary.name);
    return { adapter, folders, newId, environment: settings.secretsOf(summary.name, model).environment() };
  }

  async #reviewed(hash: string): ReturnType<RunbookRepository['open']> {
    const opened = await this.#parts.runbooks.open(hash);
    if (opened.summary.trusted) return opened;
    throw new RollbookError('untrusted', `${opened.summary.title} was not reviewed yet.`, 'Review it, then declare.');
  }

  /** Declares a drill, dated by the drill's clock. */
  async drill(declared: Declared, procedureId: string | null, actor: string, intentId: string): Promise<string> {
    return await this.#create(declared, procedureId, actor, intentId, declared.drill?.startAt ?? declared.detectedAt);
  }

  async #create(
    declared: Declared,
    procedureId: string | null,
    actor: string,
    intentId: string,
    at: number,
  ): Promise<string> {
    const { store, newId, realAdapter } = this.#parts;
    const pin = await this.#parts.runbooks.pin(declared.runbook.hash);
    const runbook = { ...declared.runbook, modelHash: pin.modelHash };
    const drafts: Draft[] = [{ kind: 'incident.declared', payload: { ...declared, runbook } }];
    if (procedureId !== null) {
      drafts.push({
        kind: 'procedure.chosen',
        payload: { procedureId, reason: declared.row === null ? NO_ROW_REASON : ROW_REASON },
      });
    }
    const row = pin.model.matrix.rows.find(({ line }) => line === declared.row?.line);
    if (procedureId === null && row !== undefined && isFixForward(row)) {
      drafts.push({ kind: 'fix-forward.chosen', payload: { reason: ROW_REASON } });
    }
    const stored = drafts.map((draft, index) => ({
      at: Math.round(at),
      mono: Math.round(realAdapter.clock.monotonic()),
      actor,
      kind: draft.kind,
      v: EVENT_VERSION[draft.kind],
      intentId: index === 0 ? intentId : null,
      payload: draft.payload,
    }));
    const state = reduce(stored.map((draft, index) => ({ ...draft, seq: index + 1 }) as unknown as IncidentEvent));
    const change = state === null ? {} : summaryChange(state, pin.model);
    const { incident, repeated } = await store.create(
      {
        id: newId(),
        kind: declared.kind,
        adapter: declared.adapter,
        title: declared.title,
        severity: declared.severity,
        declaredAt: Math.round(at),
        runbookHash: pin.hash,
        modelHash: pin.modelHash,
        summary: change.summary ?? {},
      },
      stored,
    );
    await this.during(incident.id, async (open) => {
      await open.steer();
      if (!repeated) open.capture();
    });
    this.tell(incident.id);
    return incident.id;
  }

  /**
   * Opens an incident and keeps it open until this service closes, for the command line. Takes no lease. Code: `not-
   * found`.
   */
  async open(incidentId: string): Promise<OpenIncident> {
    return (await this.#open.hold(incidentId)).incident;
  }

  /** Opens an incident and keeps it open until the hold ends and nothing in it is running. Code: `not-found`. */
  hold(incidentId: string): Promise<Hold> {
    return this.#open.hold(incidentId);
  }

  /** Keeps an incident open while `work` runs. Codes: `not-found`, and those of `work`. */
  async during<T>(incidentId: string, work: (incident: OpenIncident) => T | Promise<T>): Promise<T> {
    const { incident, end } = await this.#open.hold(incidentId);
    try {
      return await work(incident);
    } finally {
      end();
    }
  }

  /** The incident if it is open in this process. */
  opened(incidentId: string): OpenIncident | null {
    return this.#open.get(incidentId);
  }

  /** Ends this process's work on an incident and drops it from memory. Listeners of the list are called. */
  forget(incidentId: string): Promise<void> {
    return this.#open.forget(incidentId);
  }

  /** The message channels of this incident's runbook. Code: `not-found`. */
  notifierOf(incidentId: string): Notifier {
    const hash = this.#parts.store.incident(incidentId)?.runbookHash;
    if (hash === undefined) throw unknownIncident(incidentId);
    // Needs only the name: a damaged text or model must not stop messages.
    const named = this.#parts.store.runbooks.list().find((runbook) => runbook.hash === hash);
    return this.#parts.notifierOf(named?.name ?? hash);
  }

  /** Reads events of other processes in the open incidents. */
  async catchUp(): Promise<void> {
    if (!this.#parts.store.changedSince()) return;
    for (const { context } of await this.#open.opened()) context.eventLog.catchUp();
  }

  /** Takes the lease of open incidents that were read-only because the store refused writes. */
  async steerAgain(): Promise<void> {
    for (const incident of await this.#open.opened()) {
      const waits = !incident.steering && incident.context.storageHealth.problem !== null;
      // Another process may hold the lease by now; its events will show that.
      if (waits) await steerIfWritable(incident).catch(() => incident.context.storageHealth.clear());
    }
  }

  /**
   * Writes the kept actions of all incidents to their timelines, also of those that nobody opens, so that their reports are
   * complete. Never throws: what cannot be written now stays kept.
   */
  async writeKeptActs(): Promise<void> {
    const { keptIn, store, report } = this.#parts;
    for (const incidentId of keptIncidents(keptIn)) {
      if (store.incident(incidentId) === null) continue;
      await this.during(incidentId, ({ context }) => writeKeptActsUnattended(context)).catch((thrown: unknown) =>
        report(`Some actions of incident ${incidentId} are not on its timeline yet: ${toFailure(thrown).message}`),
      );
    }
  }

  /** The changing commands that run in this process now. */
  runningChanges(): readonly { readonly incidentId: string; readonly runId: string; readonly shown: string }[] {
    return this.#open.all.flatMap(({ context }) =>
      [...context.running.keys()]
        .flatMap((runId) => context.eventLog.state.runs.get(runId) ?? [])
        .filter(({ effect }) => effect === 'change')
        .map(({ runId, shown }) => ({ incidentId: context.incidentId, runId, shown })),
    );
  }

  /** True while a command or a watch runs in this process: the machine must not sleep then. */
  isBusy(): boolean {
    return this.#open.all.some(
      ({ context, steering }) =>
        context.running.size > 0 || (steering && context.eventLog.state.watch?.endedAt === null),
    );
  }

  /** Records a jump of the clock in the live, unresolved incidents whose lease is held here. Drills have their own clock. */
  async noteJump(jump: Draft): Promise<void> {
    for (const incident of await this.#open.opened()) {
      const { state } = incident.context.eventLog;
      const counts = incident.steering && state.declared.kind === 'live' && state.resolvedAt === null;
      if (counts) await incident.note(jump);
    }
  }

  close(): Promise<void> {
    return this.#open.close();
  }

  #hold(incidentId: string): Pick<IncidentSummary, 'heldBy' | 'attended' | 'interrupted'> {
    const { leases, session } = this.#parts.store;
    const holder = leases.holder(incidentId);
    const other = holder !== null && holder.session !== session;
    return {
      heldBy: other ? holder.session : null,
      attended: holder !== null,
      interrupted: holder === null && leases.diedHolding(incidentId),
    };
  }

  /** Calls the listeners of the list with the summary of this incident. */
  tell(incidentId: string): void {
    if (this.#listeners.size === 0) return;
    const summary = this.summary(incidentId);
    for (const listener of this.#listeners) listener(summary);
  }
}
