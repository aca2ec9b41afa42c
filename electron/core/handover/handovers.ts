/** Hands an incident over to another machine as one file, and goes on with one that was; of a resolved one the report is left to write. */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Draft } from '#shared/incident/event.ts';
import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Desk } from '#core/incidents/desk.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { OutputShelf } from '#core/runner/output-shelf.ts';
import { partsOf } from '#core/runner/output-parts.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Run, Store } from '#core/store/store.ts';
import { BUNDLE_VERSION, type BundleHeader } from './bundle.ts';
import { checkBundle, type CheckedBundle, outputHashes } from './check-bundle.ts';
import { hashOfFiles } from './hash-of-files.ts';
import { type Bundle, clearStaging, readBundle } from './read-bundle.ts';
import { BundleWriter } from './write-bundle.ts';

export interface HandoverParts {
  readonly store: Store;
  readonly desk: Desk;
  readonly outputs: Pick<OutputShelf, 'redact'>;
  readonly newId: () => string;
  readonly version: string;
  /** How this machine is called on the timeline. */
  readonly host?: string;
}

export interface Given {
  readonly incidentId: string;
  readonly handoverId: string;
  readonly path: string;
  /** Of the whole file, hex. */
  readonly sha256: string;
  readonly events: number;
  readonly leftBehind: BundleHeader['leftBehind'];
}

export interface Taken {
  readonly incidentId: string;
  readonly title: string;
  readonly handoverId: string;
  readonly fromHost: string;
  readonly fromBy: string;
  readonly events: number;
  /** False when this handover was taken over here before: nothing was changed. */
  readonly taken: boolean;
  readonly leftBehind: BundleHeader['leftBehind'];
}

export class Handovers {
  #parts: HandoverParts;
  #host: string;

  constructor(parts: HandoverParts) {
    this.#parts = parts;
    this.#host = parts.host ?? hostname();
  }

  /**
   * Writes the bundle (0600, never over another file); `path` null: into the data folder's handovers. From its last
   * event on this copy is read-only. Given away already, the same bundle is written again.
   * Codes: `not-found`, `not-allowed` (a command runs), `lease-held`, `store-unwritable`, `disk-full`.
   */
  async give(
    incidentId: string,
    args: { readonly path: string | null; readonly to: string; readonly reason: string },
    actor: string,
  ): Promise<Given> {
    const { store, desk, newId, outputs } = this.#parts;
    const open = await desk.open(incidentId);
    const { journal } = open.scene;
    const before = journal.state.handedOver;
    if (before === null) {
      await open.steer();
      mustBeStill(journal.state);
      await open.captured();
    }
    const handoverId = before?.handoverId ?? newId();
    const path = args.path ?? join(store.folder, 'handovers', `${incidentId}-${handoverId.slice(-6)}.rollbook`);
    const [to, reason] = [outputs.redact(args.to), outputs.redact(args.reason)];
    const given = before ?? { handoverId, by: actor, host: this.#host, to, reason };
    const writer = new BundleWriter(path);
    try {
      // What is large and may fail is on the disk before this copy becomes read-only.
      const leftBehind = await this.#begin(writer, open, given);
      if (before === null) {
        const draft: Draft = { kind: 'handover.given', payload: given };
        await journal.append(actor, (state) => {
          mustBeStill(state);
          return [draft];
        });
        await open.close();
      }
      for (const event of store.chain(incidentId))
        writer.write({ event: { ...event, payload: event.payload as never } });
      return { incidentId, handoverId, path, sha256: writer.finish(), events: journal.state.seq, leftBehind };
    } catch (thrown) {
      writer.discard();
      if (before === null && journal.state.handedOver !== null) {
        await open.takeOn(this.#takenDraft(given, actor, 'the bundle could not be written'), actor);
      }
      throw thrown;
    }
  }

  async #begin(
    writer: BundleWriter,
    { scene }: OpenIncident,
    given: { handoverId: string; by: string; host: string; to: string; reason: string },
  ): Promise<BundleHeader['leftBehind']> {
    const { store, version } = this.#parts;
    const { incidentId, journal } = scene;
    const incident = store.incident(incidentId);
    const runbook = incident && store.runbooks.get(incident.runbookHash, incident.modelHash);
    if (incident === null || runbook === null)
      throw new RollbookError('store-corrupt', `${incidentId} has no runbook.`);
    const { files, leftBehind } = this.#filesOf(scene);
    const { handoverId, by, host, to, reason } = given;
    const at = scene.journal.now();
    writer.write({
      rollbook: 'handover',
      version: BUNDLE_VERSION,
      handoverId,
      incidentId,
      title: incident.title,
      at,
      host,
      by,
      to,
      reason,
      app: version,
      leftBehind,
    });
    const { addedAt: _addedAt, ...pinned } = runbook;
    writer.write({ runbook: { ...pinned, model: pinned.model as Record<string, unknown> } });
    if (journal.state.declared.drill !== null) writer.write({ world: store.settings.get(`drill ${incidentId}`) });
    for (const { incidentId: _id, pid: _pid, pgid: _pgid, startTime: _start, ...run } of store.runs.ofIncident(
      incidentId,
    ))
      writer.write({ run: { ...run, output: run.output && { ...run.output, path: slashes(run.output.path) } } });
    for (const { incidentId: _id, ...evidence } of store.evidence.ofIncident(incidentId))
      writer.write({ evidence: { ...evidence, path: slashes(evidence.path) } });
    for (const path of files) {
      for (const part of partsOf(join(store.folder, path)))
        await writer.file(part.path, `${path}${part.path.slice(join(store.folder, path).length)}`);
    }
    return leftBehind;
  }

  /** Outputs the chain knows, as it knows them. One that is gone or was changed on the disk would be refused elsewhere. */
  #filesOf({ journal }: OpenIncident['scene']): { files: readonly string[]; leftBehind: BundleHeader['leftBehind'] } {
    const { store } = this.#parts;
    const files: string[] = [];
    const leftBehind: { path: string; why: string }[] = [];
    for (const [path, sha256] of outputHashes(journal.events)) {
      const parts = partsOf(join(store.folder, path));
      if (parts.length === 0) leftBehind.push({ path, why: 'it is not in this data folder' });
      else if (hashOfFiles(parts.map((part) => part.path)) === sha256) files.push(path);
      else leftBehind.push({ path, why: 'it was changed on the disk' });
    }
    for (const event of journal.events)
      if (event.kind === 'dump.proven' && event.payload !== null)
        leftBehind.push({ path: event.payload.path, why: `a database dump stays on ${this.#host}` });
    return { files, leftBehind };
  }

  /**
   * Goes on with the incident of a bundle; taking the same one again changes nothing. `trust`: the person has reviewed
   * its runbook. Codes: `unreadable-file`, `untrusted` (the runbook is stored for review), `conflict`.
   */
  async take(path: string, args: { readonly trust: boolean; readonly reason: string }, actor: string): Promise<Taken> {
    const { store, outputs, newId } = this.#parts;
    const staging = join(store.folder, 'handovers', `incoming-${newId()}`);
    try {
      const bundle = await readBundle(path, staging);
      const checked = checkBundle(path, bundle);
      const { header } = bundle;
      const { incidentId, handoverId, leftBehind, title } = header;
      const { by: fromBy, host: fromHost } = checked.given;
      const taken = { incidentId, title, handoverId, fromHost, fromBy, events: bundle.rows.length, leftBehind };
      if (this.#tookBefore(incidentId, handoverId)) return { ...taken, taken: false };
      if (checked.declared.drill !== null) await loadScenario(checked.declared.drill.scenario);
      const modelHash = await this.#keepRunbook(bundle, args.trust, actor);
      this.#keepFiles(bundle);
      await this.#keepIncident(bundle, checked, modelHash);
      const open = await this.#parts.desk.open(incidentId);
      await open.takeOn(this.#takenDraft(checked.given, actor, outputs.redact(args.reason)), actor);
      return { ...taken, taken: true };
    } finally {
      clearStaging(staging);
    }
  }

  #takenDraft(given: CheckedBundle['given'], by: string, reason: string): Draft {
    const { handoverId, host: fromHost, by: fromBy } = given;
    return { kind: 'handover.taken', payload: { handoverId, by, host: this.#host, fromHost, fromBy, reason } };
  }

  #tookBefore(incidentId: string, handoverId: string): boolean {
    const { store } = this.#parts;
    if (store.incident(incidentId) === null) return false;
    const ids = store.events(incidentId).map(({ kind, payload }) => (kind === 'handover.taken' ? payload : null));
    return ids.some((payload) => (payload as { handoverId?: string } | null)?.handoverId === handoverId);
  }

  async #keepRunbook({ runbook }: Bundle, trust: boolean, by: string): Promise<string> {
    const { store } = this.#parts;
    const { hash, name, source, model, modelVersion } = runbook;
    const known = store.runbooks.get(hash);
    if (known !== null && known.source !== source)
      throw new RollbookError('conflict', 'Its runbook has the hash of one that is stored here with another text.');
    const { modelHash } = await store.runbooks.put({ hash, name, source, model, modelVersion });
    if (trust) await store.trust.add({ hash, by, at: Date.now(), how: 'reviewed' });
    if (store.trust.of(hash) === null) {
      const title = typeof model['title'] === 'string' ? model['title'] : name;
      throw new RollbookError(
        'untrusted',
        `The incident runs "${title}", which nobody has reviewed on this machine yet.`,
        'Review it under Runbooks (B) and trust it, then import the bundle again; or import it with --trust.',
        { hash },
      );
    }
    return modelHash;
  }

  #keepFiles({ files }: Bundle): void {
    const { store } = this.#parts;
    for (const [path, { staged }] of files) {
      const to = join(store.folder, path);
      // An output never changes once it has ended: what is here is the same or its owner's affair.
      if (existsSync(to)) continue;
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      try {
        renameSync(staged, to);
      } catch {
        copyFileSync(staged, to);
      }
    }
  }

  async #keepIncident(
    { header, runbook, runs, evidence, rows, world }: Bundle,
    checked: CheckedBundle,
    modelHash: string,
  ) {
    const { store } = this.#parts;
    const { declared, declaredAt } = checked;
    const { incidentId } = header;
    const { kind, adapter, title, severity } = declared;
    const added = await store.graft(
      { id: incidentId, kind, adapter, title, severity, declaredAt, runbookHash: runbook.hash, modelHash },
      rows,
    );
    // The tools of a drill stand where they were left; what is here is older.
    if (declared.drill !== null && added > 0) await store.settings.set(`drill ${incidentId}`, world);
    for (const run of runs) {
      if (store.runs.get(run.runId) !== null) continue;
      const row: Run = { ...run, incidentId, pid: null, pgid: null, startTime: null };
      await store.runs.add(row);
    }
    const here = new Set(store.evidence.ofIncident(incidentId).map(({ id }) => id));
    for (const each of evidence) if (!here.has(each.id)) await store.evidence.add({ ...each, incidentId });
  }
}

/** Code: `not-allowed`. A watch goes on at the other end; a command cannot. */
function mustBeStill(state: IncidentState): void {
  const run = activeRun(state);
  if (run !== null) {
    const what = `A command is running: ${run.shown}`;
    throw new RollbookError('not-allowed', what, 'Wait for its end or stop it, then hand the incident over.');
  }
  if (state.asked !== null)
    throw new RollbookError(
      'not-allowed',
      'Something that was asked for is under way.',
      'Wait for its end, then hand over.',
    );
}

const slashes = (path: string): string => path.replaceAll('\\', '/');
