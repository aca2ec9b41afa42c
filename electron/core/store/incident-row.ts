/**
 * An incident's row: what lists and history need without reading its events. Everything in it follows from the events
 * (a cache), except id, kind, adapter and the pinned runbook, which are settled when it is declared.
 */
import type { Failure } from '#shared/contract/result.ts';
import type { ChainHead } from '#shared/incident/chain.ts';
import type { Severity } from '#shared/runbook/model.ts';

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
  /** A JSON object for history and charts (outcome, target, mitigation...); what lists read of it is in incident-fields.ts. */
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
