/** The database's migration history tells what was migrated between two releases, in addition to the checkout. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '#core/platforms/supabase/migrations-between.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { databaseStory } from '../../fixtures/database-story.ts';
import { BAD } from '../../fixtures/hotdash-database.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres.ts';

const found = findPostgres();
const missing = 'missing' in found ? found.missing : null;

const BETWEEN = { since: Date.UTC(2025, 9, 1), until: Date.UTC(2025, 9, 12) };

describe('the migrations between two releases', skippedFor(missing), () => {
  let pg: Postgres;
  beforeAll(async () => {
    if ('bin' in found) pg = await startPostgres(found.bin);
  }, 60_000);
  afterAll(() => pg.stop());

  const checkout = (...files: readonly string[]): string => {
    const folder = dataFolder();
    const migrations = join(folder, 'supabase', 'migrations');
    mkdirSync(migrations, { recursive: true });
    for (const file of files) writeFileSync(join(migrations, file), 'select 1;\n');
    return folder;
  };

  it('are those of the history, with the password in no command line', async () => {
    const story = await databaseStory(pg);
    const read = await readMigrations(story.incident.context, BETWEEN, 20_000);
    expect(read.migrations).toEqual([{ version: BAD, name: 'agent_approvals' }]);
    expect(read.migrationsNote).toContain(`migration history of 127.0.0.1:${pg.port}/${story.database}`);
    // Under a name that a rollback does not mistake for another session in its database.
    expect(story.calls()).toMatch(/rollbook history.*\n(?:.*\n)*?as look changes/);
    expect(story.calls()).not.toContain(pg.password);
  });

  it('and those of the checkout; what only one of them knows is said', async () => {
    const { incident } = await databaseStory(pg);
    const context = { ...incident.context, checkout: checkout('20251010080000_carts.sql', '20250901090000_start.sql') };
    const read = await readMigrations(context, BETWEEN, 20_000);
    expect(read.migrations).toEqual([
      { version: '20251010080000', name: 'carts' },
      { version: BAD, name: 'agent_approvals' },
    ]);
    expect(read.migrationsNote).toContain('Not applied in the database: 20251010080000.');
    expect(read.migrationsNote).toContain(`Applied, without a file in the checkout: ${BAD}.`);
  });

  it('of a database that is not the declared one are not asked for: nothing connects', async () => {
    const story = await databaseStory(pg, { declared: 'hotdash_production' });
    const read = await readMigrations(story.incident.context, BETWEEN, 20_000);
    expect(read.migrations).toBeNull();
    expect(read.migrationsNote).toContain(
      `The database was not asked: the runbook means hotdash_production, the address leads to ${story.database}.`,
    );
    expect(story.calls()).not.toContain('rollbook history');
  });

  it('that the server does not tell are unknown, and the checkout still answers', async () => {
    const { incident } = await databaseStory(pg, { url: (name) => pg.url(name).replace(/:[^:@]+@/, ':wrong-one@') });
    const silent = 'The database was not asked: psql could not read its migration history.';
    expect(await readMigrations(incident.context, BETWEEN, 20_000)).toEqual({
      migrations: null,
      migrationsNote: `No checkout of the repository is set for this runbook on this machine. ${silent}`,
    });
    const context = { ...incident.context, checkout: checkout('20251010080000_carts.sql') };
    const read = await readMigrations(context, BETWEEN, 20_000);
    expect(read.migrations).toEqual([{ version: '20251010080000', name: 'carts' }]);
    expect(read.migrationsNote).toContain(silent);
  });
});
