import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

it('verify --head finds a cut end that the file itself does not show', async () => {
  const line = commandLine();
  const drill = await line.run([
    'drill',
    '--scenario',
    'login-expired',
    '--auto',
    '--speed',
    '600',
    '--expect',
    '--json',
  ]);
  const { incidentId } = drill.json() as { incidentId: string };
  const whole = (await line.run(['verify', incidentId, '--json'])).json() as { events: number; head: string };
  expect((await line.run(['verify', incidentId, '--head', whole.head])).out).toContain('Whole:');
  // What came since does not matter.
  expect((await line.run(['escalate', incidentId, 'Manager', '--said', 'on my way'])).code).toBe(0);
  expect((await line.run(['verify', incidentId, '--head', whole.head.toUpperCase()])).code).toBe(0);

  const db = new Database(join(line.folder, 'rollbook.db'));
  db.exec('DROP TRIGGER events_stay');
  db.prepare('DELETE FROM events WHERE incident_id = ? AND seq >= ?').run(incidentId, whole.events);
  db.prepare(
    `UPDATE incidents SET (head_seq, head_hash) = (SELECT seq, hash FROM events WHERE incident_id = incidents.id
     ORDER BY seq DESC LIMIT 1) WHERE id = ?`,
  ).run(incidentId);
  db.close();
  expect((await line.run(['verify', incidentId])).code).toBe(0);
  const cut = await line.run(['verify', incidentId, '--head', whole.head, '--json']);
  expect(cut.code).toBe(1);
  expect(cut.json()).toMatchObject({ ok: false, problem: { what: expect.stringContaining('cut off') as string } });
  expect((await line.run(['verify', incidentId, '--head', 'abc'])).err).toContain('64 hexadecimal digits');
});
