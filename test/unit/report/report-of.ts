import type { Root } from 'mdast';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { JsonReport } from '#shared/report/json.ts';
import type { Paste, PasteInto } from '#shared/report/html/paste.ts';
import { buildHtmlReport, buildJsonReport, buildPaste, buildReport, type ReportInput } from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

/** The tree of a report. Local time is an hour ahead of UTC. */
export const treeOf = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): Root =>
  buildReport(inputOf(events, runbook));

export const jsonOf = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): JsonReport =>
  buildJsonReport(inputOf(events, runbook));

const inputOf = (
  events: readonly IncidentEvent[],
  runbook: Runbook,
  stored: Partial<ReportInput['stored']> = {},
): ReportInput => ({
  incidentId: '01K9E0000000000000000000AA',
  events,
  runbook,
  runbookSource: SOURCE,
  stored: {
    timelineSha256: 'fe'.repeat(32),
    appVersion: '0.1.0',
    purged: (events.at(-1)?.seq ?? 0) - events.length,
    problem: null,
    damaged: [],
    newer: null,
    ...stored,
  },
  local: {
    timeZone: 'Europe/Berlin',
    format: (ms) => new Date(ms + 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
  },
});

/** The report without appendices. */
export const briefOf = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): string =>
  serialiseReport(buildReport({ ...inputOf(events, runbook), brief: true }));

/** Twelve lines of runbook, in which a defect can be. */
export const SOURCE = Array.from({ length: 12 }, (_, n) => `line ${n + 1} of the runbook\n`).join('');

export const reportOf = (
  events: readonly IncidentEvent[],
  runbook: Runbook = RUNBOOK,
  stored: Partial<ReportInput['stored']> = {},
): string => serialiseReport(buildReport(inputOf(events, runbook, stored)));

export const htmlOfStory = (
  events: readonly IncidentEvent[],
  runbook: Runbook = RUNBOOK,
  options: Pick<ReportInput, 'brief'> = {},
): string => buildHtmlReport({ ...inputOf(events, runbook), ...options });

export const pasteOf = (into: PasteInto, events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): Paste =>
  buildPaste(inputOf(events, runbook), into);

/** The report that names the picture beside it. */
export const withPicture = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): string =>
  serialiseReport(buildReport({ ...inputOf(events, runbook), picture: 'incident.svg' }));
