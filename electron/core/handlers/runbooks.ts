import { searchRunbook } from '#shared/runbook/search.ts';
import type { Rows } from './table.ts';

export const RUNBOOKS: Rows<'runbook.list' | 'runbook.open' | 'runbook.search'> = {
  'runbook.list': ({ runbooks }) => runbooks.list(),
  'runbook.open': ({ runbooks }, { hash }) => runbooks.open(hash),
  'runbook.search': ({ runbooks }, { hash, query }) => {
    const { model, source } = runbooks.open(hash);
    return searchRunbook(model, source, query);
  },
};
