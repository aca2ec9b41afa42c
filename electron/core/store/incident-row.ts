/** An incident's row as it is stored, and what in it cannot be what Rollbook wrote. */
import { z } from 'zod';
import { canonical } from '#shared/incident/canonical-json.ts';
import { parsedOr } from './damage.ts';
import type { Failure } from '#shared/api/result.ts';
import type { ChainHead } from '#shared/incident/chain.ts';
import type { Severity } from '#shared/runbook/model.ts';

export interface Row {
  readonly id: string;
  readonly kind: Incident['kind'];
  readonly adapter: Incident['adapter'];
  readonly title: string;
  readonly severity: Incident['severity'];
  readonly status: Incident['status'];
  readonly declared_at: number;
  readonly runbook_hash: string;
  readonly model_hash: string;
  readonly summary: string;
  readonly head_seq: number;
  readonly head_hash: string;
}

/** The last moment that a JavaScript Date can hold, ms since the epoch. */
const END_OF_TIME = 8.64e15;
const text = z.string().nullish();
const number = z.number().nullish();

const score = z.looseObject({
  steps: z.array(z.looseObject({ id: z.string(), title: z.string(), outcome: text, tookMs: number, usualMs: number })),
  deviations: z.array(z.string()),
  stops: z.number(),
});

/** What lists read of the summary. Which fields are there depends on the version that wrote the row. */
const summarySchema = z.looseObject({
  outcome: text,
  targetMs: number,
  mitigationMs: number,
  containedMs: number,
  targetElapsedMs: number,
  met: z.boolean().nullish(),
  handedOver: text,
  procedureId: text,
  scenario: text,
  score: score.nullish(),
  autopilot: z.boolean().optional(),
  checklistOpen: z.boolean().optional(),
  underWay: z.boolean().optional(),
  purgedAt: z.number().min(-END_OF_TIME).max(END_OF_TIME).optional(),
  purging: z.boolean().optional(),
});

const sha256 = z.string().regex(/^[\da-f]{64}$/);

const FIELDS = {
  kind: z.enum(['live', 'drill']),
  adapter: z.enum(['real', 'simulated']),
  title: z.string(),
  severity: z.enum(['P0', 'P1', 'P2', 'P3']),
  status: z.enum(['open', 'resolved', 'closed']),
  declaredAt: z.number().int().min(-END_OF_TIME).max(END_OF_TIME),
  runbookHash: sha256,
  modelHash: sha256,
  summary: summarySchema,
  head: z.object({ seq: z.number().int().min(0), hash: sha256 }),
} as const;

type Field = keyof typeof FIELDS;

/** The sound fields of a row, and the names of the damaged ones. */
export interface ReadRow {
  readonly sound: Partial<Incident> & Pick<Incident, 'id'>;
  readonly damaged: readonly string[];
}

export function readRow(row: Row): ReadRow {
  const told: Readonly<Record<Field, unknown>> = {
    kind: row.kind,
    adapter: row.adapter,
    title: row.title,
    severity: row.severity,
    status: row.status,
    declaredAt: row.declared_at,
    runbookHash: row.runbook_hash,
    modelHash: row.model_hash,
    summary: parsedOr(row.summary),
    head: { seq: row.head_seq, hash: row.head_hash },
  };
  const fields = (Object.keys(FIELDS) as Field[]).map((name) => [name, FIELDS[name].safeParse(told[name])] as const);
  const sound = fields.flatMap(([name, { success, data }]) => (success ? [[name, data] as const] : []));
  return {
    sound: { id: row.id, ...Object.fromEntries(sound) },
    damaged: fields.flatMap(([name, { success }]) => (success ? [] : [FIELD_WORDS[name]])),
  };
}

/** The names of fields as lists show them. */
export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  kind: 'kind',
  adapter: 'tools',
  title: 'title',
  severity: 'severity',
  status: 'status',
  declaredAt: 'time of declaration',
  runbookHash: 'runbook',
  modelHash: 'runbook',
  summary: 'summary',
  head: 'head',
};

export function toRow(incident: Incident): Row {
  const { id, kind, adapter, title, severity, status } = incident;
  return {
    id,
    kind,
    adapter,
    title,
    severity,
    status,
    declared_at: Math.round(incident.declaredAt),
    runbook_hash: incident.runbookHash,
    model_hash: incident.modelHash,
    summary: canonical(incident.summary),
    head_seq: incident.head.seq,
    head_hash: incident.head.hash,
  };
}

export type IncidentKind = 'live' | 'drill';
export type AdapterName = 'real' | 'simulated';
export type IncidentStatus = 'open' | 'resolved' | 'closed';

export interface NewIncident {
  /** A ULID. */
  readonly id: string;
  readonly kind: IncidentKind;
  readonly adapter: AdapterName;
  readonly title: string;
  readonly severity: Severity;
  /** Milliseconds since the epoch of the incident's clock. */
  readonly declaredAt: number;
  /** From `runbooks.put`: the content and the model that this incident keeps. */
  readonly runbookHash: string;
  readonly modelHash: string;
  /** A JSON object for history and charts (outcome, target, mitigation...); what lists read of it is here. */
  readonly summary?: Readonly<Record<string, unknown>>;
}

export interface Incident extends Required<NewIncident> {
  readonly status: IncidentStatus;
  readonly head: ChainHead;
  /** Its row is gone or not as it was written: what is here comes from its events as far as they tell it. */
  readonly damaged?: Failure;
}

/** Only these fields change. */
export interface SummaryChange {
  readonly title?: string;
  readonly severity?: Severity;
  readonly status?: IncidentStatus;
  readonly runbookHash?: string;
  readonly modelHash?: string;
  readonly summary?: Readonly<Record<string, unknown>>;
}

export interface IncidentFilter {
  readonly kind?: IncidentKind;
  readonly status?: IncidentStatus;
  readonly limit?: number;
}
