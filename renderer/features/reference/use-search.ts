import { useEffect, useState } from 'react';
import type { IncidentHit } from '#shared/api/search-calls.ts';
import type { SearchHit } from '#shared/runbook/search.ts';
import { get } from '../../stores/core.ts';

/** Each part is null until it is loaded; the runbook's hits do not wait for those of past incidents. */
export interface Found {
  readonly runbook: readonly SearchHit[] | null;
  readonly incidents: readonly IncidentHit[] | null;
}

interface Answer<T> {
  readonly words: string;
  readonly hits: readonly T[];
}

interface Asked {
  readonly hash: string | null;
  readonly words: string;
  readonly but: string | null;
  readonly past: boolean;
}

/**
 * Finds what contains every word; null while no words are given. With `hash` null (the runbook loads) the search starts
 * later. Answers to earlier words are dropped. `but` is the incident already shown, which is left out. `past` false:
 * past incidents are not searched.
 */
export function useSearch({ hash, words, but, past }: Asked): Found | null {
  const [runbook, setRunbook] = useState<Answer<SearchHit> | null>(null);
  const [incidents, setIncidents] = useState<Answer<IncidentHit> | null>(null);
  useEffect(() => {
    if (hash === null || words === '') return;
    void get('runbook.search', { hash, query: words }).then((hits) => setRunbook({ words, hits: hits ?? [] }));
    if (past) void get('incident.search', { query: words }).then((hits) => setIncidents({ words, hits: hits ?? [] }));
  }, [hash, words, past]);
  if (words === '') return null;
  return {
    runbook: runbook?.words === words ? runbook.hits : null,
    incidents: incidents?.words === words ? incidents.hits.filter(({ incident }) => incident.id !== but) : null,
  };
}
