/** Reports of stored incidents: made from the events whenever they are wanted. */
import { join, resolve } from 'node:path';
import type { ReportView } from '#shared/contract/calls.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { readableText } from '#shared/runbook/parse.ts';
import { buildJsonReport, buildReport, type ReportInput } from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import { visibleJson } from '#shared/words/visible.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { Door } from '#core/door.ts';
import { sha256 } from '#core/runbooks/runbook-repository.ts';
import type { Store } from '#core/store/store.ts';
import { type EvidenceFile, type EvidenceMissing, writeEvidenceFolder } from './evidence-folder.ts';
import { localTime } from './local-time.ts';
import { timelineText } from './timeline-file.ts';

export type ReportFormat = 'markdown' | 'json';

export interface Written {
  /** Absolute, of the report itself. */
  readonly path: string;
  readonly sha256: string;
  /** Of the timeline, with this export on it: kept elsewhere, it shows later that nothing was cut or written anew. */
  readonly head: string;
}

export interface WrittenFolder extends Written {
  readonly folder: string;
  readonly files: readonly EvidenceFile[];
  readonly missing: readonly EvidenceMissing[];
}

export class Reports {
  #store: Store;
  #incidents: IncidentService;
  #door: Pick<Door, 'text' | 'value' | 'outside'>;
  #version: string;

  constructor(
    store: Store,
    incidents: IncidentService,
    door: Pick<Door, 'text' | 'value' | 'outside'>,
    version: string,
  ) {
    this.#store = store;
    this.#incidents = incidents;
    this.#door = door;
    this.#version = version;
  }

  /** Code: `not-found`. */
  async preview(incidentId: string): Promise<ReportView> {
    const tree = buildReport(await this.#input(incidentId));
    const markdown = this.#door.outside(serialiseReport(tree));
    return { markdown, tree, sha256: sha256(markdown) };
  }

  /** For other programs. Code: `not-found`. */
  async json(incidentId: string): Promise<string> {
    return `${visibleJson(JSON.stringify(this.#door.value(buildJsonReport(await this.#input(incidentId))), null, 2))}\n`;
  }

  /**
   * Writes the report, whole or not at all, and notes it on the timeline. `path` null: into the data folder's reports.
   * Codes: `not-found`, `store-unwritable`, `disk-full`.
   */
  async export(
    incidentId: string,
    path: string | null,
    actor: string,
    format: ReportFormat = 'markdown',
  ): Promise<Written> {
    const text = format === 'json' ? await this.json(incidentId) : (await this.preview(incidentId)).markdown;
    const ending = format === 'json' ? 'json' : 'md';
    const target = resolve(path ?? join(this.#store.folder, 'reports', `${incidentId}.${ending}`));
    writeWhole(target, text, 'The report', 0o600);
    const written = { path: target, sha256: sha256(text) };
    await this.#note(incidentId, written, actor);
    return { ...written, head: this.#store.head(incidentId).hash };
  }

  /**
   * The report in both forms with its evidence, in a folder; null: in the data folder's reports.
   * Codes: `not-found`, `not-allowed`, `store-unwritable`, `disk-full`.
   */
  async exportFolder(incidentId: string, path: string | null, actor: string): Promise<WrittenFolder> {
    const { markdown, sha256: hash } = await this.preview(incidentId);
    const json = await this.json(incidentId);
    const folder = resolve(path ?? join(this.#store.folder, 'reports', incidentId));
    const report = { path: join(folder, 'report.md'), sha256: hash };
    return await this.#incidents.during(incidentId, async ({ context: { eventLog } }) => {
      const note = async (): Promise<string> => {
        await this.#note(incidentId, { ...report, json: sha256(json) }, actor);
        return timelineText(incidentId, this.#version, this.#store.chain(incidentId));
      };
      const reports = { markdown, json };
      const parts = { folder, dataFolder: this.#store.folder, reports, events: eventLog.events, note };
      const written = await writeEvidenceFolder(parts);
      return { ...report, head: this.#store.head(incidentId).hash, folder, ...written };
    });
  }

  async #note(incidentId: string, payload: PayloadOf<'report.exported'>, actor: string): Promise<void> {
    await this.#incidents.during(incidentId, async ({ context: { eventLog }, steering }) => {
      if (this.#store.mode().kind !== 'writable' || eventLog.unread.why !== null || eventLog.state.handedOver !== null)
        return;
      // Whoever works on it elsewhere is not written in between.
      if (steering || this.#store.leases.holder(incidentId) === null)
        await eventLog.tryAppend(actor, [{ kind: 'report.exported', payload }]);
    });
  }

  #input(incidentId: string): Promise<ReportInput> {
    return this.#incidents.during(incidentId, ({ context }) => this.#inputOf(context));
  }

  #inputOf({ incidentId, eventLog, runbook }: OpenIncident['context']): ReportInput {
    const incident = this.#store.incident(incidentId);
    const stored = incident && this.#store.runbooks.text(incident.runbookHash);
    // That a report was written is no part of what it reports: written again, it is the same report.
    const told = this.#store.chain(incidentId).findLast(({ kind }) => kind !== 'report.exported');
    return {
      incidentId,
      events: this.#door.value(eventLog.events).filter(({ kind }) => kind !== 'report.exported'),
      runbook,
      // Line by line, so that the lines a defect names stay where they are.
      runbookSource:
        stored === null ? null : readableText(stored.source, stored.name).split('\n').map(this.#door.text).join('\n'),
      stored: {
        timelineSha256: told?.hash ?? '',
        appVersion: this.#version,
        problem: this.#store.verify(incidentId).problem ?? null,
        ...eventLog.unread.found,
      },
      local: localTime(),
    };
  }
}
