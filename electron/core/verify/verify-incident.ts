/** An incident of this data folder: its chain, its row, its outputs, evidence and dumps, each held against its events. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '#shared/incident/canonical-json.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import { count } from '#shared/words/count.ts';
import { rowFromEvents } from '#core/incidents/row-from-events.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { partsOf } from '#core/runner/output/output-parts.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import { FIELD_WORDS } from '#core/store/incident-row.ts';
import type { Incident, Store } from '#core/store/store.ts';
import { differs } from './compare-file.ts';
import { againstKept, unreadNotes, type Verification, verification } from './verification.ts';

export interface VerifyParts {
  readonly store: Store;
  readonly runbooks: Pick<RunbookRepository, 'pinnedBy'>;
}

/** `kept`: a hash that was exported before. What is broken is a report, not an error. Code: `not-found`. */
export async function verifyIncident(
  parts: VerifyParts,
  incidentId: string,
  kept: string | null = null,
): Promise<Verification> {
  const { store } = parts;
  const report = againstKept(store.verify(incidentId), kept === null ? [] : store.chain(incidentId), kept);
  const incident = store.incident(incidentId);
  // Nothing can be compared with a broken chain.
  if (!report.ok || incident === null)
    return verification(incidentId, report, { files: 0, findings: [], notes: [NOTHING_ELSE] });
  const reading = readEvents(store.events(incidentId));
  const row = rowFindings(parts, incident, report.purged);
  const outputs = await outputFindings(store.folder, reading.events);
  const dumps = await dumpFindings(reading.events);
  return verification(incidentId, report, {
    files: outputs.files + dumps.files,
    findings: [...row.findings, ...outputs.findings, ...dumps.findings],
    notes: [...unreadNotes(reading), ...purgeNotes(reading.events), ...row.notes, ...dumps.notes],
  });
}

type Part = Pick<Verification, 'files' | 'findings' | 'notes'>;

const NOTHING_ELSE = 'Its row and its files were not looked at: the events they are held against do not hold.';

const FIELDS = ['kind', 'adapter', 'title', 'severity', 'status', 'declaredAt'] as const;
/** In the words of a list. */
const SUMMARY = {
  outcome: 'outcome',
  targetMs: 'target (ms)',
  mitigationMs: 'mitigation (ms)',
  containedMs: 'contained (ms)',
  targetElapsedMs: 'time against the target (ms)',
  met: 'target met',
  handedOver: 'handover',
  procedureId: 'procedure',
  scenario: 'scenario',
  score: 'score',
} as const;
/** An older version did not keep these. */
const LATER: ReadonlySet<keyof typeof SUMMARY> = new Set([
  'containedMs',
  'targetElapsedMs',
  'procedureId',
  'scenario',
  'score',
]);

function rowFindings(parts: VerifyParts, incident: Incident, purged: number): Pick<Part, 'findings' | 'notes'> {
  if (incident.damaged !== undefined) return { findings: [incident.damaged.message], notes: [] };
  const told = rowFromEvents(parts, incident.id);
  if (told === null) {
    const notes = purged > 0 ? ['Its row was not looked at: what it follows from was purged.'] : [];
    return { findings: [], notes };
  }
  const says = (what: string, row: unknown, events: unknown): readonly string[] =>
    canonical(row) === canonical(events)
      ? []
      : [`The list says ${what} ${JSON.stringify(row)}, the events say ${JSON.stringify(events)}.`];
  const fields = FIELDS.flatMap((field) => says(FIELD_WORDS[field], incident[field], told[field]));
  const summary = (Object.keys(SUMMARY) as (keyof typeof SUMMARY)[])
    .filter((field) => incident.summary[field] !== undefined || !LATER.has(field))
    .flatMap((field) => says(SUMMARY[field], incident.summary[field] ?? null, told.summary[field] ?? null));
  const isPurged = typeof incident.summary['purgedAt'] === 'number';
  const purge = says('purged', isPurged, parts.store.purge.isPurged(incident.id));
  return { findings: [...fields, ...summary, ...purge], notes: [] };
}

const purgeNotes = (events: readonly IncidentEvent[]): readonly string[] =>
  events.flatMap((event) => {
    if (event.kind !== 'incident.purged' || event.payload === null) return [];
    const { payloads, files, reason } = event.payload;
    const why = reason === '' ? '' : `: ${reason}`;
    return [`${event.actor} had ${count(payloads, 'payload')} and ${count(files, 'file')} purged${why}.`];
  });

async function outputFindings(folder: string, events: readonly IncidentEvent[]): Promise<Part> {
  const recorded = recordedOutputs(events);
  const findings: string[] = [];
  for (const output of recorded) {
    const parts = partsOf(join(folder, output.path)).map((part) => part.path);
    const wrong = await differs(parts, output);
    if (wrong !== null) findings.push(`${output.path} ${wrong}.`);
  }
  return { files: recorded.length, findings, notes: [] };
}

/** The owner may delete a dump, and it stays on its machine when the incident is handed over. */
async function dumpFindings(events: readonly IncidentEvent[]): Promise<Part> {
  const findings: string[] = [];
  const notes: string[] = [];
  let files = 0;
  for (const event of events) {
    if (event.kind !== 'dump.proven' || event.payload === null) continue;
    const { path } = event.payload;
    if (!existsSync(path)) {
      notes.push(`The database dump ${path} is not on this machine.`);
      continue;
    }
    files += 1;
    const wrong = await differs([path], event.payload);
    if (wrong !== null) findings.push(`The database dump ${path} ${wrong}.`);
  }
  return { files, findings, notes };
}
