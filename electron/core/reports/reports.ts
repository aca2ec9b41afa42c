/** Reports of stored incidents: made from the events whenever they are wanted. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReportView } from '#shared/contract/calls.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { buildReport } from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import type { Desk } from '#core/incidents/desk.ts';
import { sha256 } from '#core/runbooks/shelf.ts';
import type { Store } from '#core/store/store.ts';
import { localTime } from './local-time.ts';

export class Reports {
  #store: Store;
  #desk: Desk;
  #version: string;

  constructor(store: Store, desk: Desk, version: string) {
    this.#store = store;
    this.#desk = desk;
    this.#version = version;
  }

  /** Code: `not-found`. */
  async preview(incidentId: string): Promise<ReportView> {
    const { journal, runbook } = (await this.#desk.open(incidentId)).scene;
    // That a report was written is no part of what it reports: written again, it is the same report.
    const told = this.#store.chain(incidentId).findLast(({ kind }) => kind !== 'report.exported');
    const tree = buildReport({
      incidentId,
      events: journal.events.filter(({ kind }) => kind !== 'report.exported'),
      runbook,
      stored: { timelineSha256: told?.hash ?? '', appVersion: this.#version },
      local: localTime(),
    });
    const markdown = serialiseReport(tree);
    return { markdown, tree, sha256: sha256(markdown) };
  }

  /**
   * Writes the report, whole or not at all, and notes it on the timeline. `path` null: into the data folder's reports.
   * Codes: `not-found`, `store-unwritable`, `disk-full`.
   */
  async export(incidentId: string, path: string | null, actor: string): Promise<{ path: string; sha256: string }> {
    const { markdown, sha256: hash } = await this.preview(incidentId);
    const target = resolve(path ?? join(this.#store.folder, 'reports', `${incidentId}.md`));
    writeWhole(target, markdown);
    const open = await this.#desk.open(incidentId);
    if (this.#store.mode().kind === 'writable' && open.steering) {
      await open.scene.journal.append(actor, [{ kind: 'report.exported', payload: { path: target, sha256: hash } }]);
    }
    return { path: target, sha256: hash };
  }
}

function writeWhole(path: string, text: string): void {
  const half = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(half, text, { mode: 0o600 });
    renameSync(half, path);
  } catch (thrown) {
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const advice = full ? 'Free some disk space and export again.' : 'Choose another path.';
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `The report could not be written to ${path}: ${why}`,
      advice,
    );
  }
}
