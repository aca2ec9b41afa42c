import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { dataFolder, testCore } from '../fixtures/data-folder.ts';

/** A real file system of a few megabytes, or why there can be none here. */
function smallDisk(folder: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'rollbook-test', folder], { stdio: 'pipe' });
  } catch (thrown) {
    return `a small file system cannot be mounted here: ${String(thrown).split('\n')[0]}`;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return null;
}

describe('a full disk', () => {
  it('is named, loses nothing that was shown as saved, and lets work go on once there is room', async ({ skip }) => {
    const folder = dataFolder();
    const why = smallDisk(folder);
    if (why !== null) {
      console.log(`skipped: ${why}`);
      skip(why);
    }
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
    const ballast = join(folder, 'ballast');
    expect(() => {
      for (let part = 0; ; part += 1) writeFileSync(`${ballast}-${part}`, Buffer.alloc(64 * 1_024, 1));
    }).toThrow(/ENOSPC/);
    let saved = 0;
    const failure = await (async () => {
      for (;;) {
        await note('x'.repeat(5_000));
        saved += 1;
      }
    })().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'disk-full', advice: expect.stringMatching(/space/i) as string });
    rmSync(`${ballast}-0`);
    rmSync(`${ballast}-1`);
    await note('there is room again');
    const stored = core.services.store.events(incidentId).filter(({ kind }) => kind === 'note.added');
    expect(stored).toHaveLength(saved + 1);
    expect(core.services.store.verify(incidentId).ok).toBe(true);
  });
});
