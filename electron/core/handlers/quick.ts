import { basename, join } from 'node:path';
import { PRIVATE_FILE } from '#core/files/private.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { startQuick } from '#core/incidents/quick-rollback.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import type { Rows } from './handler.ts';

export const QUICK: Rows<'quick.start' | 'runbook.print'> = {
  'quick.start': (services, args) => startQuick(services, args),

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
};
