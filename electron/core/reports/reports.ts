/** Reports of stored incidents: made from the events whenever they are wanted. */
import { join, resolve } from 'node:path';
import type { ReportView } from '#shared/contract/calls.ts';
import { readableText } from '#shared/runbook/parse.ts';
import { buildJsonReport, buildReport, type ReportInput } from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import type { Desk } from '#core/incidents/desk.ts';
import type { OutputShelf } from '#core/runner/output-shelf.ts';
import { sha256 } from '#core/runbooks/shelf.ts';
import type { Store } from '#core/store/store.ts';
import { type EvidenceFile, type EvidenceMissing, writeEvidenceFolder } from './evidence-folder.ts';
import { localTime } from './local-time.ts';

export type ReportFormat = 'markdown' | 'json';

export interface Written {
  /** Absolute, of the report itself. */
  readonly path: string;
  readonly sha256: string;
}

export interface WrittenFolder extends Written {
  readonly folder: string;
  readonly files: readonly EvidenceFile[];
  readonly missing: readonly EvidenceMissing[];
}

export class Reports {
  #store: Store;
  #desk: Desk;
  #outputs: Pick<OutputShelf, 'redact'>;
  #version: string;

  constructor(store: Store, desk: Desk, outputs: Pick<OutputShelf, 'redact'>, version: string) {
    this.#store = store;
    this.#desk = desk;
    this.#outputs = outputs;
    this.#version = version;
  }

  /** Code: `not-found`. */
  async preview(incidentId: string): Promise<ReportView> {
    const tree = buildReport(await this.#input(incidentId));
    const markdown = serialiseReport(tree);
    return { markdown, tree, sha256: sha256(markdown) };
  }

  /** For other programs. Code: `not-found`. */
  async json(incidentId: string): Promise<string> {
    return `${JSON.stringify(buildJsonReport(await this.#input(incidentId)), null, 2)}\n`;
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
    return await this.#note(incidentId, { path: target, sha256: sha256(text) }, actor);
  }

  /**
   * The report in both forms with its evidence, in a folder; null: in the data folder's reports.
   * Codes: `not-found`, `not-allowed`, `store-unwritable`, `disk-full`.
   */
  async exportFolder(incidentId: string, path: string | null, actor: string): Promise<WrittenFolder> {
    const { markdown, sha256: hash } = await this.preview(incidentId);
    const json = await this.json(incidentId);
    const folder = resolve(path ?? join(this.#store.folder, 'reports', incidentId));
    const { events } = (await this.#desk.open(incidentId)).scene.journal;
    const written = await writeEvidenceFolder(folder, this.#store.folder, { markdown, json }, events);
    const noted = await this.#note(incidentId, { path: join(folder, 'report.md'), sha256: hash }, actor);
    return { ...noted, folder, ...written };
  }

  async #note(incidentId: string, written: Written, actor: string): Promise<Written> {
    const open = await this.#desk.open(incidentId);
    if (this.#store.mode().kind === 'writable' && open.steering) {
      await open.scene.journal.tryAppend(actor, [{ kind: 'report.exported', payload: written }]);
    }
    return written;
  }

  async #input(incidentId: string): Promise<ReportInput> {
    const { journal, runbook } = (await this.#desk.open(incidentId)).scene;
    const incident = this.#store.incident(incidentId);
    const stored = incident && this.#store.runbooks.text(incident.runbookHash);
    // That a report was written is no part of what it reports: written again, it is the same report.
    const told = this.#store.chain(incidentId).findLast(({ kind }) => kind !== 'report.exported');
    return {
      incidentId,
      events: journal.events.filter(({ kind }) => kind !== 'report.exported'),
      runbook,
      // Line by line, so that the lines a defect names stay where they are.
      runbookSource:
        stored === null
          ? null
          : readableText(stored.source, stored.name)
              .split('\n')
              .map((line) => this.#outputs.redact(line))
              .join('\n'),
      stored: { timelineSha256: told?.hash ?? '', appVersion: this.#version },
      local: localTime(),
    };
  }
}
