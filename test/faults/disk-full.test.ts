import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { dataFolder, testCore } from '../fixtures/data-folder.ts';
import { smallDisk } from '../fixtures/small-disk.ts';

describe('a full disk', () => {
  it('is named, loses nothing that was shown as saved, and lets work go on once there is room', async ({ skip }) => {
    const folder = dataFolder();
    const disk = smallDisk(folder, 4);
    if (typeof disk === 'string') {
      console.log(`skipped: ${disk}`);
      return skip(disk);
    }
    onTestFinished(() => disk.unmount());
    const core = await testCore(join(folder, 'data'));
    const incidentId = await core.services.drills.start({
      scenario: 'app-rollback',
      speed: 1,
      actor: 'ann',
      intentId: ulid(),
    });
    const incident = await core.services.desk.open(incidentId);
    const note = (text: string) =>
      incident.act({ kind: 'note', text, starred: false }, 'ann', ulid(), incident.scene.journal.state.seq);
    disk.fill();
    let saved = 0;
    const failure = await (async () => {
      for (;;) {
        await note('x'.repeat(5_000));
        saved += 1;
      }
    })().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'disk-full', advice: expect.stringMatching(/space/i) as string });
    disk.makeRoom();
    await note('there is room again');
    const stored = core.services.store.events(incidentId).filter(({ kind }) => kind === 'note.added');
    expect(stored).toHaveLength(saved + 1);
    expect(core.services.store.verify(incidentId).ok).toBe(true);
  });
});
