/**
 * Hands an incident over to another machine as one file, and takes one over. For a resolved one the report is left to
 * write.
 */
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Draft } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import { mustKnowDrill } from '#core/drills/drill-book.ts';
import { simulatedClouds } from '#core/drills/simulated-clouds.ts';
import { plainCause } from '#core/files/cause.ts';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { mustBeThere } from '#core/incidents/summaries.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { OutputStore } from '#core/runner/output/output-store.ts';
import type { Clock } from '#core/ports.ts';
import { partsOf } from '#core/runner/output/output-parts.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import type { Store } from '#core/store/store.ts';
import { BUNDLE_VERSION, type BundleHeader } from './bundle.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import type { CheckedBundle } from './check-bundle.ts';
import { hashOfFiles } from '../files/hash-of-files.ts';
import { keepFiles, keepIncident, keepRunbook } from './keep-bundle.ts';
import { mustBeStill, mustVerify } from './handover-guards.ts';
import { clearStaging } from './read-bundle.ts';
import { BundleWriter } from './write-bundle.ts';

export interface HandoverParts {
  readonly store: Store;
  readonly incidents: IncidentService;
  readonly outputs: Pick<OutputStore, 'redact'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly version: string;
  /** Name of this machine on the timeline. */
  readonly host?: string;
}

interface Giving {
  readonly path: string | null;
  readonly to: string;
  readonly reason: string;
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

/** Parent of the folders in which bundles are unpacked and checked. */
export const incomingPath = (dataFolder: string): string => join(dataFolder, 'handovers');

/** Codes: `store-unwritable`, `disk-full`. */
function stagingIn(place: string): string {
  try {
    makePrivateFolder(place);
    return temporaryFolder('incoming', place);
  } catch (thrown) {
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `The bundle could not be unpacked in ${place}: ${plainCause(thrown)}.`,
      full ? 'Free some disk space and import it again.' : 'Make the data folder writable and import it again.',
    );
  }
}

export class Handovers {
  #parts: HandoverParts;
  #host: string;

  constructor(parts: HandoverParts) {
    this.#parts = parts;
    this.#host = parts.host ?? hostname();
  }

  /**
   * Writes the bundle (0600, never over another file) and makes this copy read-only. `path` null: into the data
   * folder's handovers. If it was handed over before, the same bundle is written again. Codes: `not-found`, `not-
   * allowed` (a command runs, or the timeline does not verify), `lease-held`, `store-unwritable`, `disk-full`.
   */
  give(incidentId: string, args: Giving, actor: string): Promise<Given> {
    return this.#parts.incidents.during(incidentId, (open) => this.#give(open, args, actor));
  }

  async #give(open: OpenIncident, args: Giving, actor: string): Promise<Given> {
    const { store, newId, outputs } = this.#parts;
    const { incidentId, eventLog } = open.context;
    const before = eventLog.state.handedOver;
    mustVerify(store, incidentId, before !== null);
    if (before === null) {
      await open.steer();
      mustBeStill(eventLog.state);
      await open.captured();
    }
    const handoverId = before?.handoverId ?? newId();
    const own = join(store.folder, 'handovers', `${incidentId}-${handoverId.slice(-6)}.rollbook`);
    const path = resolve(args.path ?? own);
    // The head of the bundle is written past the store.
    const [to, reason] = [outputs.redact(args.to), outputs.redact(args.reason)];
    const given = before ?? { handoverId, by: actor, host: this.#host, to, reason, path };
    const writer = new BundleWriter(path);
    try {
      // Everything that is large or may fail is on the disk before this copy becomes read-only.
      const leftBehind = await this.#begin(writer, open, given);
      if (before === null) {
        const draft: Draft = { kind: 'handover.given', payload: given };
        await eventLog.tryAppend(actor, (state) => {
          mustBeStill(state);
          return [draft];
        });
        await open.close();
      }
      for (const event of store.chain(incidentId))
        writer.write({ event: { ...event, payload: event.payload as never } });
      return { incidentId, handoverId, path, sha256: writer.finish(), events: eventLog.state.seq, leftBehind };
    } catch (thrown) {
      writer.discard();
      if (before === null && eventLog.state.handedOver !== null) {
        await open.takeOn(this.#takenDraft(given, actor, 'the bundle could not be written'), actor);
      }
      throw thrown;
    }
  }

  async #begin(
    writer: BundleWriter,
    { context }: OpenIncident,
    given: { handoverId: string; by: string; host: string; to: string; reason: string },
  ): Promise<BundleHeader['leftBehind']> {
    const { store, version } = this.#parts;
    const { incidentId, eventLog } = context;
    const incident = store.incident(incidentId);
    const runbook = incident && store.runbooks.get(incident.runbookHash, incident.modelHash);
    if (incident === null || runbook === null)
      throw new RollbookError('store-corrupt', `${incidentId} has no runbook.`);
    const { files, leftBehind } = await this.#filesOf(context);
    const { handoverId, by, host, to, reason } = given;
    const at = context.eventLog.now();
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
    if (eventLog.state.declared.drill !== null) writer.write({ world: simulatedClouds(store).get(incidentId) });
    for (const path of files) {
      for (const part of partsOf(join(store.folder, path)))
        await writer.file(part.path, `${path}${part.path.slice(join(store.folder, path).length)}`);
    }
    return leftBehind;
  }

  /** Outputs the chain knows, as it knows them. One that is gone or was changed on the disk would be refused elsewhere. */
  async #filesOf({ eventLog }: OpenIncident['context']): Promise<{
    files: readonly string[];
    leftBehind: BundleHeader['leftBehind'];
  }> {
    const { store } = this.#parts;
    const files: string[] = [];
    const leftBehind: { path: string; why: string }[] = [];
    for (const { path, sha256 } of recordedOutputs(eventLog.events)) {
      const parts = partsOf(join(store.folder, path));
      if (parts.length === 0) leftBehind.push({ path, why: 'it is not in this data folder' });
      else if ((await hashOfFiles(parts.map((part) => part.path))).sha256 === sha256) files.push(path);
      else leftBehind.push({ path, why: 'it was changed on the disk' });
    }
    for (const event of eventLog.events)
      if (event.kind === 'dump.proven' && event.payload !== null)
        leftBehind.push({ path: event.payload.path, why: `a database dump stays on ${this.#host}` });
    return { files, leftBehind };
  }

  /**
   * Continues the incident of a bundle; doing it again changes nothing. `trust`: the person has reviewed its runbook.
   * Codes: `unreadable-file`, `untrusted` (the runbook is stored for review), `conflict`.
   */
  async take(path: string, args: { readonly trust: boolean; readonly reason: string }, actor: string): Promise<Taken> {
    const { store } = this.#parts;
    const staging = stagingIn(incomingPath(store.folder));
    try {
      const [bundle, checked] = await inThread('bundle', { path, staging }, path);
      const { header } = bundle;
      const { incidentId, handoverId, leftBehind, title } = header;
      const { by: fromBy, host: fromHost } = checked.given;
      const taken = { incidentId, title, handoverId, fromHost, fromBy, events: bundle.rows.length, leftBehind };
      // A bundle must not bring back what was purged.
      if (store.incident(incidentId) !== null) mustBeThere(store, incidentId);
      if (this.#tookBefore(incidentId, handoverId)) return { ...taken, taken: false };
      await mustKnowDrill(checked.declared.drill);
      const modelHash = await keepRunbook(this.#parts, bundle, args.trust, actor);
      keepFiles(store, bundle);
      await keepIncident(store, bundle, checked, modelHash);
      await this.#parts.incidents.during(incidentId, (open) =>
        open.takeOn(this.#takenDraft(checked.given, actor, args.reason), actor),
      );
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
}
