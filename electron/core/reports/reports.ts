/** Reports of stored incidents, made from the events each time. */
import { join, resolve } from 'node:path';
import type { ReportView } from '#shared/api/calls.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { readableText } from '#shared/runbook/parse.ts';
import { reportFileName } from '#shared/report/file-name.ts';
import type { Paste, PasteInto } from '#shared/report/html/paste.ts';
import { PICTURE_FILE } from '#shared/report/picture/incident-picture.ts';
import {
  buildHtmlReport,
  buildJsonReport,
  buildPaste,
  buildPicture,
  buildReport,
  type ReportInput,
} from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import { visibleJson } from '#shared/words/visible.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { Door } from '#core/redaction-door.ts';
import { sha256 } from '#core/store/sha256.ts';
import type { Store } from '#core/store/store.ts';
import { type EvidenceFile, type EvidenceMissing, writeEvidenceFolder } from './evidence-folder.ts';
import { freeReportPath, type ReportEnding } from './report-path.ts';
import { timelineText } from './timeline-file.ts';
import type { LocalTime } from '#shared/report/times.ts';

export type ReportFormat = 'markdown' | 'json' | 'html';

const ENDINGS = { markdown: '.md', json: '.json', html: '.html' } as const;

interface ReportText {
  readonly text: string;
  readonly sha256: string;
  /** What verifying the timeline found; null: it verifies. */
  readonly problem: ReportInput['stored']['problem'];
}

export interface Written extends Pick<ReportText, 'sha256' | 'problem'> {
  /** Absolute path of the report itself. */
  readonly path: string;
  /** Hash of the timeline's last event, which notes this export: kept elsewhere, it shows later that nothing was cut or rewritten. */
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
    const markdown = this.#markdown(tree);
    return { markdown, tree, sha256: sha256(markdown) };
  }

  /** To copy into an editor of rich text. Code: `not-found`. */
  async paste(incidentId: string, into: PasteInto): Promise<Paste> {
    const { html, text } = buildPaste(await this.#input(incidentId), into);
    return { html: this.#door.outside(html), text: this.#door.outside(text) };
  }

  /** `brief`: Markdown or HTML without the appendices. Code: `not-found`. */
  async text(incidentId: string, format: ReportFormat, brief = false): Promise<ReportText> {
    return this.#text({ ...(await this.#input(incidentId)), brief }, format);
  }

  /** `2025-10-13-P0-agent-service.md`. Code: `not-found`. */
  async fileName(incidentId: string, format: ReportFormat): Promise<string> {
    return `${await this.#name(incidentId)}${ENDINGS[format]}`;
  }

  /**
   * Writes the report, completely or not at all, and notes it on the timeline. `path` null: into the data folder's reports.
   * Codes: `not-found`, `store-unwritable`, `disk-full`.
   */
  async export(
    incidentId: string,
    path: string | null,
    actor: string,
    format: ReportFormat = 'markdown',
    brief = false,
  ): Promise<Written> {
    const { text, ...report } = await this.text(incidentId, format, brief);
    const target = resolve(path ?? (await this.#path(incidentId, ENDINGS[format])));
    writeWhole(target, text, 'The report', 0o600);
    await this.#note(incidentId, { path: target, sha256: report.sha256 }, actor);
    return { path: target, ...report, head: this.#store.head(incidentId).hash };
  }

  /**
   * Writes the report as Markdown and JSON with its picture and its evidence into a folder. `path` null: into the data folder's reports.
   * Codes: `not-found`, `not-allowed`, `store-unwritable`, `disk-full`.
   */
  async exportFolder(incidentId: string, path: string | null, actor: string): Promise<WrittenFolder> {
    const input = { ...(await this.#input(incidentId)), picture: PICTURE_FILE };
    const { text: markdown, sha256: hash, problem } = this.#text(input, 'markdown');
    const json = this.#text(input, 'json');
    const folder = resolve(path ?? (await this.#path(incidentId, '')));
    const report = { path: join(folder, 'report.md'), sha256: hash };
    return await this.#incidents.during(incidentId, async ({ context: { eventLog } }) => {
      const note = async (): Promise<string> => {
        await this.#note(incidentId, { ...report, json: json.sha256 }, actor);
        return timelineText(incidentId, this.#version, this.#store.chain(incidentId));
      };
      const reports = { markdown, json: json.text, picture: this.#door.outside(buildPicture(input)) };
      const parts = { folder, dataFolder: this.#store.folder, reports, events: eventLog.events, note };
      const written = await writeEvidenceFolder(parts);
      return { ...report, problem, head: this.#store.head(incidentId).hash, folder, ...written };
    });
  }

  /** In the data folder's reports. */
  async #path(incidentId: string, ending: ReportEnding): Promise<string> {
    return freeReportPath(join(this.#store.folder, 'reports'), await this.#name(incidentId), ending, incidentId);
  }

  #name(incidentId: string): Promise<string> {
    return this.#incidents.during(incidentId, ({ context: { eventLog, runbook } }) =>
      this.#door.outside(reportFileName(eventLog.state, runbook)),
    );
  }

  async #note(incidentId: string, payload: PayloadOf<'report.exported'>, actor: string): Promise<void> {
    await this.#incidents.during(incidentId, async ({ context: { eventLog }, steering }) => {
      if (this.#store.mode().kind !== 'writable' || eventLog.unread.why !== null || eventLog.state.handedOver !== null)
        return;
      // Not while another process works on the incident.
      if (steering || this.#store.leases.holder(incidentId) === null)
        await eventLog.tryAppend(actor, [{ kind: 'report.exported', payload }]);
    });
  }

  #text(input: ReportInput, format: ReportFormat): ReportText {
    const text = this.#written(input, format);
    return { text, sha256: sha256(text), problem: input.stored.problem };
  }

  #written(input: ReportInput, format: ReportFormat): string {
    switch (format) {
      case 'markdown':
        return this.#markdown(buildReport(input));
      case 'html':
        return this.#door.outside(buildHtmlReport(input));
      case 'json':
        return `${visibleJson(JSON.stringify(this.#door.value(buildJsonReport(input)), null, 2))}\n`;
    }
  }

  #markdown(tree: ReportView['tree']): string {
    return this.#door.outside(serialiseReport(tree));
  }

  #input(incidentId: string): Promise<ReportInput> {
    return this.#incidents.during(incidentId, ({ context }) => this.#inputOf(context));
  }

  #inputOf({ incidentId, eventLog, runbook }: OpenIncident['context']): ReportInput {
    const incident = this.#store.incident(incidentId);
    const stored = incident && this.#store.runbooks.text(incident.runbookHash);
    // Exports of the report are left out of it, so that writing it again gives the same report.
    const told = this.#store.chain(incidentId).findLast(({ kind }) => kind !== 'report.exported');
    return {
      incidentId,
      events: this.#door.value(eventLog.events).filter(({ kind }) => kind !== 'report.exported'),
      runbook,
      // Redacted line by line, so that the line numbers of defects stay right.
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

/** The time zone in which a report tells local times: that of this machine; UTC where TZ names one that the runtime does not know, as its clock is UTC then. */
function localTime(): LocalTime {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { readonly timeZone: string | undefined };
  const unknown = timeZone === undefined || timeZone === 'Etc/Unknown';
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(unknown ? { timeZone: 'UTC' } : {}),
  });
  return { timeZone: unknown ? 'UTC' : nameOf(timeZone), format: (ms) => format.format(ms) };
}

/** V8 names TZ=GMT+2 "+02:00", though POSIX means two hours behind UTC by it and the clock does so: the clock is asked. */
function nameOf(timeZone: string): string {
  if (!/^[+-]/.test(timeZone)) return timeZone;
  const offset = -new Date().getTimezoneOffset();
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}
