/** Only the reviewed content runs: texts and models that were changed in the store's file do not. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';

/** A data folder with three drills, whose core is closed. */
async function declaredThrice() {
  const folder = dataFolder();
  const core = await virtualCore(folder);
  const start = () =>
    core.services.drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  const ids = [await start(), await start(), await start()] as const;
  await core.close();
  return { folder, ids };
}

function changeFile(folder: string, sql: string): void {
  new Database(join(folder, 'rollbook.db')).exec(sql).close();
}

describe('a pinned runbook', () => {
  it('whose model was changed in the file is made again from its text, and not opened without that; `verify` says so', async () => {
    const { folder, ids } = await declaredThrice();
    changeFile(folder, `UPDATE models SET model = replace(model, 'fly releases', 'fly apps destroy')`);
    const { incidents, store, runbooks } = (await virtualCore(folder)).services;
    expect(incidents.list()).toHaveLength(3);
    // Stocked anew from the file of this build at the start; what the incidents had pinned is the same again.
    expect(runbooks.list().map(({ bundled }) => bundled)).toEqual([true]);
    expect(JSON.stringify((await incidents.open(ids[0])).context.runbook)).not.toContain('apps destroy');
    changeFile(folder, `UPDATE models SET model = replace(model, 'fly releases', 'fly apps destroy')`);
    // The text still parses to a model with the hash in the declaration.
    expect(JSON.stringify((await incidents.open(ids[1])).context.runbook)).not.toContain('apps destroy');
    changeFile(folder, `UPDATE runbooks SET source = replace(source, 'fly releases', 'fly apps destroy')`);
    await expect(incidents.open(ids[2])).rejects.toMatchObject({ code: 'store-corrupt' });
    // Only the model is needed to run: without its text the incident goes on, with a notice.
    changeFile(folder, `UPDATE models SET model = replace(model, 'fly apps destroy', 'fly releases')`);
    expect(JSON.stringify((await incidents.open(ids[2])).context.runbook)).not.toContain('apps destroy');
    expect((await runbooks.pinnedBy(ids[2]).open()).source).toContain('cannot be read from the store');
    expect(store.verify(ids[1])).toMatchObject({ ok: false, problem: { kind: 'runbook' } });
    expect(incidents.list()).toHaveLength(3);
    expect(runbooks.list()).toEqual([]);
  });

  it('is the one that the declaration names, whatever the row says', async () => {
    const { folder, ids } = await declaredThrice();
    const core = await virtualCore(folder);
    const other = await core.services.store.runbooks.put({ name: 'x', source: '# Other', model: {}, modelVersion: 1 });
    changeFile(folder, `UPDATE incidents SET runbook_hash = '${other.hash}', model_hash = '${other.modelHash}'`);
    const { incidents, store } = core.services;
    expect((await incidents.open(ids[0])).context.runbook.procedures.length).toBeGreaterThan(0);
    expect(store.verify(ids[0])).toMatchObject({ ok: false, problem: { kind: 'runbook' } });
  });
});
