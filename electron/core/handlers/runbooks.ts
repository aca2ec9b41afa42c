import { resolve } from 'node:path';
import type { Rows } from './handler.ts';

export const RUNBOOKS: Rows<'runbook.list' | 'runbook.import' | 'runbook.trust' | 'runbook.open'> = {
  'runbook.list': async ({ runbooks }) => {
    await runbooks.lookAgain();
    return runbooks.list();
  },
  'runbook.import': ({ runbooks }, { path }) => runbooks.importFile(resolve(path)),
  'runbook.trust': async ({ runbooks, operator }, { hash }) => {
    await runbooks.trust(hash, operator);
    return null;
  },
  'runbook.open': ({ runbooks }, { hash }) => runbooks.open(hash),
};
