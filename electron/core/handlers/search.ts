import { searchRunbook } from '#shared/runbook/search.ts';
import type { Rows } from './handler.ts';

export const SEARCH: Rows<'runbook.search' | 'incident.search'> = {
  'runbook.search': async ({ runbooks }, { hash, query }) => {
    const { model, source } = await runbooks.open(hash);
    return searchRunbook(model, source, query);
  },
  'incident.search': ({ search }, { query }) => search.find(query),
};
