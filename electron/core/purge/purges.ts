/**
 * Purging removes the contents of an incident for good, except its chain of hashes and its row in the list. The purge
 * is an event, on the disk before anything is removed; an interrupted purge is finished at the next start.
 */
import type { PurgeDone, PurgePlan } from '#shared/api/purge-calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { isPurgeTyped, purgeWord } from '#shared/incident/topics/purge.ts';
import type { Purged } from '#shared/incident/topics/purge-events.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { activeRun, type RunState } from '#shared/incident/state.ts';
import { EVENT_VERSION, readEvents } from '#shared/incident/upcast.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import { keptOf, resultOf, unknownIncident } from '#core/incidents/summaries.ts';
import { mended } from '#core/incidents/row-from-events.ts';
import type { Clock } from '#core/ports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { filesWith, PURGED_TITLE } from '#core/store/purge.ts';
import type { Incident, Store } from '#core/store/store.ts';
import { filesOf, removeFiles } from './files-of.ts';

export interface PurgeParts {
  readonly store: Store;
  readonly incidents: Pick<IncidentService, 'forget' | 'summary' | 'tell'>;
  readonly runbooks: Pick<RunbookRepository, 'pinnedBy'>;
  readonly clock: Clock;
  /** Whether the process group of a run is still there. */
  readonly isGoing: (runId: string) => boolean;
}

export class Purges {
  #parts: PurgeParts;

  constructor(parts: PurgeParts) {
    this.#parts = parts;
  }

  /** What would be removed. Codes: `not-found`, `not-allowed` (not over, a command runs), `lease-held`. */
  plan(incidentId: string): PurgePlan {
    const { store } = this.#parts;
    const incident = this.#mustBeOver(incidentId);
    const { files, bytes, elsewhere } = filesOf(store.folder, incidentId, this.#events(incidentId));
    return {
      incidentId,
      title: incident.title,
      payloads: store.purge.payloadsOf(incidentId),
      files,
      bytes,
      backups: store.purge.copiesWith(incidentId).length,
      elsewhere,
    };
  }

  /** `typed`: the last six letters of the id, or all. Asked for again it removes what is left. Codes: those of `plan`, `bad-arguments`. */
  async purge(
    incidentId: string,
    { typed, reason }: { readonly typed: string; readonly reason: string },
    actor: string,
  ): Promise<PurgeDone> {
    if (!isPurgeTyped(incidentId, typed)) {
      const advice = `Type ${purgeWord(incidentId)}, the last six letters of its id.`;
      throw new RollbookError('bad-arguments', `"${typed}" is not this incident. Nothing was removed.`, advice);
    }
    const plan = this.plan(incidentId);
    await this.#parts.incidents.forget(incidentId);
    await this.#parts.store.leases.take(incidentId);
    try {
      if (!this.#parts.store.purge.isPurged(incidentId)) await this.#note(plan, reason, actor);
      const done = await this.#remove(plan);
      this.#parts.incidents.tell(incidentId);
      return done;
    } finally {
      await this.#parts.store.leases.release(incidentId);
    }
  }

  /** Finishes purges that were interrupted. Never throws: the next start, or a person, tries again. */
  async finish(report: (line: string) => void): Promise<void> {
    const { store } = this.#parts;
    if (store.mode().kind !== 'writable') return;
    for (const id of store.purge.unfinished()) {
      try {
        await store.leases.take(id);
        const { left } = await this.#remove(this.plan(id));
        await store.leases.release(id);
        if (left.length > 0) report(`The purge of incident ${id} is not whole: ${left.join(' ')}`);
      } catch (thrown) {
        report(`The purge of incident ${id} could not be ended: ${(thrown as Error).message}`);
      }
    }
  }

  #mustBeOver(incidentId: string): Incident {
    const { store, incidents } = this.#parts;
    const row = store.incident(incidentId);
    if (row === null) throw unknownIncident(incidentId);
    const incident = mended(this.#parts, row);
    if (store.purge.isPurged(incidentId)) return incident;
    const { heldBy } = incidents.summary(incidentId);
    if (heldBy !== null)
      throw new RollbookError(
        'lease-held',
        `Another Rollbook works on incident ${incidentId}.`,
        'Close it there first.',
      );
    if (incident.status === 'open' && keptOf(incident).handedOver == null)
      throw new RollbookError(
        'not-allowed',
        `Incident ${incidentId} is open: only one that is over can be purged.`,
        `End it first: rollbook resolve ${incidentId} "why".`,
      );
    const running = this.#mayRun(incidentId);
    if (running !== null)
      throw new RollbookError(
        'not-allowed',
        `A command of incident ${incidentId} may still run: ${running.shown}`,
        'Open the incident, so that its end is found out; then purge it.',
      );
    return incident;
  }

  /** The end of a run may be among the damaged events. Opening the incident would not find it, so its process is looked for. */
  #mayRun(incidentId: string): RunState | null {
    const { events, damaged } = readEvents(this.#parts.store.events(incidentId));
    const state = reduce(events);
    if (state === null || damaged.length === 0) return state && activeRun(state);
    return (
      state.running.flatMap((runId) => state.runs.get(runId) ?? []).find(({ runId }) => this.#parts.isGoing(runId)) ??
      null
    );
  }

  /** The readable events; damaged ones are purged too. */
  #events(incidentId: string): readonly IncidentEvent[] {
    return readEvents(this.#parts.store.events(incidentId)).events;
  }

  async #note({ incidentId, payloads, files, bytes }: PurgePlan, reason: string, actor: string): Promise<void> {
    const { store, clock } = this.#parts;
    const incident = this.#mustBeOver(incidentId);
    const { kind, adapter, severity, status, declaredAt } = incident;
    const kept = keptOf(incident);
    const listed: Purged['listed'] = {
      kind,
      adapter,
      severity,
      status,
      declaredAt,
      ...resultOf(kept),
      procedureId: kept.procedureId ?? null,
    };
    const { seq } = store.head(incidentId);
    // A drill's clock stops when the drill is over.
    const at = kind === 'drill' ? (store.events(incidentId, seq - 1)[0]?.at ?? declaredAt) : clock.now();
    const draft = {
      at,
      mono: clock.monotonic(),
      actor,
      kind: 'incident.purged',
      v: EVENT_VERSION['incident.purged'],
      payload: { reason: reason.trim(), listed, payloads: payloads, files, bytes } satisfies Purged,
    };
    const row = { title: PURGED_TITLE, summary: { ...summaryOf(listed), purgedAt: clock.now(), purging: true } };
    await store.append(incidentId, seq, [draft], row);
  }

  async #remove(plan: PurgePlan): Promise<PurgeDone> {
    const { store } = this.#parts;
    const { incidentId } = plan;
    const traces = store.purge.traces(incidentId);
    const held = store.verify(incidentId).ok;
    // Files first: what names them goes with the payloads.
    removeFiles(filesOf(store.folder, incidentId, this.#events(incidentId)));
    await store.purge.contents(incidentId);
    const copies = store.purge.copies(incidentId);
    const written = await store.purge.compact();
    const left = [
      ...copies.map(({ path, why }) => `The copy ${path} could not be written anew: ${why} Delete it by hand.`),
      ...(written ? [] : ['The log could not be emptied while another Rollbook reads: close it, then purge again.']),
      ...(written ? filesWith(store.folder, traces) : []).map((path) => `Contents of it still lie in ${path}.`),
    ];
    const { purging: _ended, ...summary } = store.incident(incidentId)?.summary ?? {};
    await store.updateSummary(incidentId, { summary: left.length === 0 ? summary : { ...summary, purging: true } });
    const { ok, head, purged } = store.verify(incidentId);
    if (held && !ok) left.push('Its chain does not verify: see rollbook verify.');
    return { ...plan, payloads: purged, left, chainHolds: ok, head: head.hash };
  }
}

const summaryOf = ({ outcome, targetMs, mitigationMs, met, procedureId, scenario }: Purged['listed']) => ({
  outcome,
  targetMs,
  mitigationMs,
  met,
  procedureId,
  scenario,
  handedOver: null,
  score: null,
});
