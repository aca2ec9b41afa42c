/** An incident outside of the store: commands say where it is and how to continue it. */
import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asOfTheDead, brokenStore, emergencyFolders, workedOn } from '../../fixtures/broken-store.ts';
import { commandLine } from '../../fixtures/command-line.ts';

const asking = (id: string): readonly (readonly string[])[] => [
  ['status', id],
  ['export', id],
  ['verify', id],
  ['resolve', id, 'it is over'],
];

async function killed() {
  const folder = brokenStore();
  const { core, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  await core.close();
  return { folder, incidentId, kept: asOfTheDead(emergencyFolders(folder)[0] ?? '') };
}

it('beside a store that does not take it: every command says where, and the list does not say that there is none', async () => {
  const { folder, incidentId, kept } = await killed();
  // The store can be used again, but the incident cannot be added to it: its chain does not verify.
  const db = new Database(join(kept, 'rollbook.db'));
  db.exec(`DROP TRIGGER events_are_final; UPDATE events SET actor = 'eve' WHERE seq = 2`);
  db.close();
  rmSync(join(folder, 'rollbook.db'));
  const line = commandLine(folder);
  for (const words of asking(incidentId)) {
    const { code, out, err } = await line.run(words);
    expect([code, out], words[0]).toEqual([4, '']);
    expect(err).toContain(`Incident ${incidentId} is not in the store yet`);
    expect(err).toContain(`is kept in ${kept}.`);
    expect(err).toContain(`Go on with it: rollbook run --resume ${incidentId}.`);
  }
  const listed = await line.run(['incidents']);
  expect(listed.out).not.toContain('No incidents yet.');
  expect(listed.err).toContain(`rollbook run --resume ${incidentId}`);
  const unknown = await line.run(['status', 'NOPE']);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There is no incident "NOPE"')]);
});

it('beside a damaged store: what is kept apart is named with the damage', async () => {
  const { folder, incidentId, kept } = await killed();
  const line = commandLine(folder);
  for (const words of [...asking(incidentId), ['incidents']]) {
    const { code, err } = await line.run(words);
    expect([code, err], words[0]).toEqual([4, expect.stringContaining('The store is damaged')]);
    expect(err).toContain(
      `Incident ${incidentId} is kept in ${kept}. Go on with it: rollbook run --resume ${incidentId}.`,
    );
  }
});

it('while another Rollbook works on it, that is said', async () => {
  const folder = brokenStore();
  const { incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  const { err } = await commandLine(folder).run(['status', incidentId]);
  expect(err).toContain(
    `Incident ${incidentId} is kept in ${emergencyFolders(folder)[0]}. Another Rollbook works on it`,
  );
});
