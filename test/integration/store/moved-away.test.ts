/** A store that was moved away without its write-ahead log. */
import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '#core/store/open.ts';
import { declare, failure, INCIDENT, notes, open, temporaryFolder } from './sample.ts';

const fileOf = (folder: string): string => join(folder, 'rollbook.db');

it('refuses a log whose store was moved away: SQLite would delete it, and what was written last with it', async () => {
  const folder = temporaryFolder();
  const writer = await open(folder);
  await declare(writer, 3);
  await writer.append(INCIDENT, 3, notes(1));
  const copy = temporaryFolder();
  for (const end of ['', '-wal']) copyFileSync(`${fileOf(folder)}${end}`, `${fileOf(copy)}${end}`);
  const log = readFileSync(`${fileOf(copy)}-wal`);
  expect(log.length).toBeGreaterThan(0);
  renameSync(fileOf(copy), join(copy, 'aside'));
  await expect(openStore({ folder: copy, session: 's', boot: 'b' })).rejects.toEqual(
    failure('store-corrupt', `${fileOf(copy)}-wal`),
  );
  expect(readFileSync(`${fileOf(copy)}-wal`).equals(log)).toBe(true);
  renameSync(join(copy, 'aside'), fileOf(copy));
  const store = await open(copy);
  expect(store.head(INCIDENT).seq).toBe(4);
});
