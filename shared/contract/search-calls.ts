/** Search over all of it: the runbook's text, and what happened before on this machine. */
import { z } from 'zod';
import type { SearchHit } from '#shared/runbook/search.ts';
import type { IncidentSummary } from './incident-summary.ts';

const id = z.string().min(1).max(300);
/** Anything may be asked for; what is too long to mean something finds by its first words. */
const query = z.string().max(20_000);
const made = <T>() => z.custom<T>((value) => value !== undefined);

/** A piece of an excerpt: one that was asked for is marked. */
export interface ExcerptPart {
  readonly text: string;
  readonly match: boolean;
}

/** An entry of a timeline that holds every word; redacted. */
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
  /** How many entries of it hold every word, `places` among them. */
  readonly total: number;
}

export const SEARCH_CALLS = {
  'runbook.search': {
    args: z.object({ hash: id, query }),
    result: made<readonly SearchHit[]>(),
  },
  /** Incidents and drills of this machine whose timeline, notes or report answers hold every word, best match first. */
  'incident.search': {
    args: z.object({ query }),
    result: made<readonly IncidentHit[]>(),
  },
} as const;
