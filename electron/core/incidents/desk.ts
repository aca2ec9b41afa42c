/** All incidents of the data folder as this process sees them: declares, opens, follows. */
import type { CallArgs, IncidentSummary } from '#shared/contract/calls.ts';
import { newestFirst } from '#shared/drills/held-at.ts';
import type { Draft, IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import { factOfRow, isFixForward } from '#shared/incident/matrix-row.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { EVENT_VERSION } from '#shared/incident/upcast.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { mustKnowService } from '#shared/runbook/known-service.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { RunbookShelf } from '#core/runbooks/shelf.ts';
import { type DeskParts, NOTHING_SURVIVES, realToolsFor } from './desk-parts.ts';
import { Grip } from './grip.ts';
import { mustBeThere, unknownIncident } from './not-there.ts';
import { Journal } from './journal.ts';
import { OpenIncident } from './open-incident.ts';
import type { Beside } from './quiet-read.ts';
import { mended } from './row-from-events.ts';
import type { Scene } from './scene.ts';
import { summaryChange, toSummary } from './summaries.ts';
import { chosenProbe } from './chosen-probe.ts';
import { Unwritten } from './unwritten.ts';
import { secretValuesOf } from './values.ts';

type Declared = PayloadOf<'incident.declared'>;

export class Desk {
  #parts: DeskParts;
  #open = new Map<string, Promise<OpenIncident>>();
  #ready = new Map<string, OpenIncident>();
  #listeners = new Set<(summary: IncidentSummary) => void>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The one that was begun last comes first, drills by when they were held. */
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

  /** Told when something that lists show has changed in an incident that is open here. */
  onListed(listener: (summary: IncidentSummary) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The incident that an intent has declared, in this process or before it; null where it declared none. */
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
      title: this.#parts.outputs.redact(args.title),
      severity: args.severity,
      row: row && factOfRow(row),
      symptom: this.#parts.outputs.redact(args.symptom),
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

  /** The tools of this machine as a look before any declaration finds them. Codes: `not-found`, `untrusted`, `bad-arguments`. */
  async beside(runbook: string, service: string): Promise<Beside> {
    const { model, summary } = await this.#reviewed(runbook);
    mustKnowService(model, service);
    const { folders, newId, settings } = this.#parts;
    const adapter = realToolsFor(this.#parts, summary.name);
    return { adapter, folders, newId, environment: settings.secretsOf(summary.name, model).environment() };
  }

  async #reviewed(hash: string): ReturnType<RunbookShelf['open']> {
    const opened = await this.#parts.runbooks.open(hash);
    if (opened.summary.trusted) return opened;
    throw new RollbookError('untrusted', `${opened.summary.title} was not reviewed yet.`, 'Review it, then declare.');
  }

  /** Declares a drill on simulated tools, in its own time. */
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
      drafts.push({ kind: 'procedure.chosen', payload: { procedureId, reason: 'the matrix row leads to it' } });
    }
    const row = pin.model.matrix.rows.find(({ line }) => line === declared.row?.line);
    if (procedureId === null && row !== undefined && isFixForward(row)) {
      drafts.push({ kind: 'fix-forward.chosen', payload: { reason: 'the matrix row leads to it' } });
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
    const open = await this.open(incident.id);
    await open.steer();
    if (!repeated) open.capture();
    this.tell(incident.id);
    return incident.id;
  }

  /** The incident in this process, opened when it was not yet. Reading needs no lease. Code: `not-found`. */
  open(incidentId: string): Promise<OpenIncident> {
    const known = this.#open.get(incidentId);
    if (known !== undefined) return known;
    const opening = this.#build(incidentId);
    this.#open.set(incidentId, opening);
    opening.catch(() => this.#open.delete(incidentId));
    return opening;
  }

  async #build(incidentId: string): Promise<OpenIncident> {
    const { store, outputs, folders, reattacher, dumps, environment, settings, newId, timers, report } = this.#parts;
    mustBeThere(incidentId, store.incident(incidentId));
    const { model: runbook, name, declared } = await this.#parts.runbooks.pinnedOrMended(incidentId);
    // Before anything of this incident is shown or stored: what it must hide is known.
    outputs.learn(secretValuesOf(runbook, environment));
    // The declaration names the drill, and the journal gets that drill's clock.
    const drill = declared?.drill ?? null;
    const adapter =
      drill === null ? realToolsFor(this.#parts, name) : await this.#parts.drillAdapter(incidentId, drill);
    // A drill has secrets and folders of its own making, never those of this machine.
    const own = adapter.name === 'real' ? settings.secretsOf(name, runbook) : null;
    const grip = new Grip();
    const unwritten = new Unwritten(store.folder, incidentId);
    const summarise = (state: IncidentState) => summaryChange(state, runbook);
    const journal = new Journal(store, incidentId, adapter.clock, summarise, unwritten, () => grip.signal);
    const scene: Scene = {
      incidentId,
      journal,
      unwritten,
      runbook,
      adapter,
      store,
      outputs,
      folders,
      reattacher: adapter.name === 'real' ? reattacher : NOTHING_SURVIVES,
      running: new Map(),
      printed: new Map(),
      secretsGiven: new Map(),
      get letGo() {
        return grip.signal;
      },
      notifier: this.#parts.notifierOf(name),
      secrets: own,
      approvers: () => settings.of(name).approvers,
      get checkout() {
        return own === null ? null : settings.of(name).checkout;
      },
      newId,
      dumps,
      get environment() {
        return { ...(own?.environment() ?? environment), ...adapter.scenery?.environment };
      },
    };
    const opened = new OpenIncident(scene, grip, timers, report);
    opened.follow((events) => {
      this.tell(incidentId);
      // By another process: what is in memory here goes too.
      if (events.some(({ kind }) => kind === 'incident.purged')) void this.forget(incidentId);
    });
    this.#ready.set(incidentId, opened);
    return opened;
  }

  /** Ends what this process does in it, and lets go of what it knows of it; who lists incidents is told. */
  async forget(incidentId: string): Promise<void> {
    const opening = this.#open.get(incidentId);
    this.#open.delete(incidentId);
    this.#ready.delete(incidentId);
    await (await opening?.catch(() => undefined))?.close();
  }

  /** Where this incident's runbook tells people. Code: `not-found`. */
  notifierOf(incidentId: string): Notifier {
    const hash = this.#parts.store.incident(incidentId)?.runbookHash;
    if (hash === undefined) throw unknownIncident(incidentId);
    // Its name alone: a damaged text or model must not keep anybody from being told.
    const named = this.#parts.store.runbooks.list().find((runbook) => runbook.hash === hash);
    return this.#parts.notifierOf(named?.name ?? hash);
  }

  /** Reads what other processes appended to the incidents that are open here. */
  async catchUp(): Promise<void> {
    if (!this.#parts.store.changedSince()) return;
    for (const { scene } of await this.opened()) scene.journal.catchUp();
  }

  /** Those being opened included. */
  async opened(): Promise<readonly OpenIncident[]> {
    await Promise.allSettled(this.#open.values());
    return [...this.#ready.values()];
  }

  /** Changing commands of this process that run now. */
  runningChanges(): readonly { readonly incidentId: string; readonly runId: string; readonly shown: string }[] {
    return [...this.#ready.values()].flatMap(({ scene }) =>
      Object.values(scene.journal.state.runs)
        .filter((run) => run.effect === 'change' && scene.running.has(run.runId))
        .map(({ runId, shown }) => ({ incidentId: scene.incidentId, runId, shown })),
    );
  }

  /** Whether a command runs or a watch is kept in this process: the machine must not sleep meanwhile. */
  isBusy(): boolean {
    return [...this.#ready.values()].some(
      ({ scene, steering }) => scene.running.size > 0 || (steering && scene.journal.state.watch?.endedAt === null),
    );
  }

  /** Time jumped: noted in the live incidents that are steered here and not over. A drill's time is its own. */
  async noteJump(jump: Draft): Promise<void> {
    for (const incident of await this.opened()) {
      const { state } = incident.scene.journal;
      const counts = incident.steering && state.declared.kind === 'live' && state.resolvedAt === null;
      if (counts) await incident.note(jump);
    }
  }

  async close(): Promise<void> {
    for (const incident of await this.opened()) await incident.close();
  }

  /** A dead holder is none. */
  #hold(incidentId: string): Pick<IncidentSummary, 'heldBy' | 'attended'> {
    const holder = this.#parts.store.leases.holder(incidentId);
    const other = holder !== null && holder.session !== this.#parts.store.session;
    return { heldBy: other ? holder.session : null, attended: holder !== null };
  }

  /** Tells who lists incidents how this one stands. */
  tell(incidentId: string): void {
    if (this.#listeners.size === 0) return;
    const summary = this.summary(incidentId);
    for (const listener of this.#listeners) listener(summary);
  }
}
