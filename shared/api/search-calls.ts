/** Calls that search the runbook's text and the incidents of this machine. */
import { z } from 'zod';
import { id, made } from './call-schemas.ts';
import type { SearchHit } from '#shared/runbook/search.ts';
import type { IncidentSummary } from './incident-summary.ts';

/** Longer queries than the search uses are accepted; only the first words count. */
const query = z.string().max(20_000);

/** A part of an excerpt; `match` marks the words that were searched for. */
export interface ExcerptPart {
  readonly text: string;
  readonly match: boolean;
}

/** A timeline entry that contains every word; redacted. */
export interface IncidentPlace {
  readonly seq: number;
  readonly excerpt: readonly ExcerptPart[];
}

export interface IncidentHit {
  readonly incident: Pick<
    IncidentSummary,
    'id' | 'kind' | 'title' | 'scenario' | 'severity' | 'status' | 'declaredAt' | 'outcome' | 'handedOver'
  >;
  /** The best three, best first. */
  readonly places: readonly IncidentPlace[];
  /** How many of its entries contain every word, including `places`. */
  readonly total: number;
}

export const SEARCH_CALLS = {
  'runbook.search': {
    args: z.object({ hash: id, query }),
    result: made<readonly SearchHit[]>(),
  },
  /** Incidents and drills whose timeline, notes or report answers contain every word, best match first. */
  'incident.search': {
    args: z.object({ query }),
    result: made<readonly IncidentHit[]>(),
  },
} as const;
