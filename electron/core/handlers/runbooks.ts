import { basename, join, resolve } from 'node:path';
import { searchRunbook } from '#shared/runbook/search.ts';
import { PRIVATE_FILE } from '#core/files/make-folder.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { adoptionView, adoptRunbook } from '#core/runbooks/adoption.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import type { Rows } from './handler.ts';

export const RUNBOOKS: Rows<
  | 'runbook.list'
  | 'runbook.import'
  | 'runbook.trust'
  | 'runbook.untrust'
  | 'runbook.remove'
  | 'runbook.adoption'
  | 'runbook.adopt'
  | 'runbook.open'
  | 'runbook.search'
  | 'runbook.print'
  | 'runbook-check.run'
  | 'runbook-check.fix'
  | 'runbook-check.approve-program'
> = {
  'runbook.list': async ({ runbooks }) => {
    await runbooks.lookAgain();
    return runbooks.list();
  },
  'runbook.import': ({ runbooks }, { path }) => runbooks.importFile(resolve(path)),
  'runbook.trust': async ({ runbooks, operator }, { hash }) => {
    await runbooks.trust(hash, operator);
    return null;
  },
  'runbook.untrust': async ({ runbooks }, { hash }) => {
    await runbooks.untrust(hash);
    return null;
  },
  'runbook.remove': async ({ runbooks }, { hash }) => {
    await runbooks.remove(hash);
    return null;
  },
  'runbook.adoption': ({ runbooks }, { hash, answers }) => adoptionView(runbooks, hash, answers),
  'runbook.adopt': ({ runbooks, store }, { path, ...rest }) =>
    adoptRunbook(runbooks, store.folder, { ...rest, path: resolve(path) }),
  'runbook.open': ({ runbooks }, { hash }) => runbooks.open(hash),
  'runbook.search': async ({ runbooks }, { hash, query }) => {
    const { model, source } = await runbooks.open(hash);
    return searchRunbook(model, source, query);
  },

  'runbook.print': async ({ clock, runbooks, checks, store }, { hash }) => {
    const { summary, source } = await runbooks.open(hash);
    const { findings } = await checks.check(hash, false);
    const toPrint = { name: summary.name, hash, source, findings, now: clock.now() };
    const { html, corrected } = await inThread('print', toPrint, summary.name);
    const folder = join(store.folder, 'prints');
    const name = summary.bundled ? 'hotdash' : basename(summary.name).replace(/\.[^.]*$/, '');
    const path = join(folder, `${name}-${hash.slice(0, 8)}.html`);
    writeWhole(path, html, 'The printable runbook', PRIVATE_FILE);
    return { path, corrected };
  },

  'runbook-check.run': ({ checks }, { hash, again }) => checks.check(hash, again),
  'runbook-check.approve-program': ({ checks, operator }, { hash, ...program }) =>
    checks.approve(hash, program, operator),
  'runbook-check.fix': ({ checks }, { hash }) => checks.fix(hash),
};
