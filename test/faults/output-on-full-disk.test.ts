import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '#core/redaction-door.ts';
import { outputStore } from '#core/runner/output/output-store.ts';
import { systemPorts } from '#core/system-ports.ts';
import { dataFolder } from '../fixtures/data-folder.ts';
import { smallDisk } from '../fixtures/small-disk.ts';

/** Mounts a disk of 2 MB for the outputs of a data folder. Skips the test if it cannot be mounted. */
function onSmallDisk(skip: (why: string) => never) {
  const folder = dataFolder();
  const disk = smallDisk(folder, 2);
  if (typeof disk === 'string') {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk.unmount());
  return { disk, outputs: outputStore({ dataFolder: folder, door: openDoor(), ...systemPorts() }) };
}

describe('the output of a command on a full disk', () => {
  it('is kept in order, and stored to the last line once there is room', async ({ skip }) => {
    const { disk, outputs } = onSmallDisk(skip);
    const sink = outputs.open('RUN');
    const say = (from: number, to: number): void => {
      for (let n = from; n < to; n += 1) sink.write('stdout', Buffer.from(`line ${n} ${'x'.repeat(500)}\n`));
    };
    say(0, 10);
    disk.fill();
    say(10, 200);
    const before = (await outputs.readLines('RUN', 0, 0)).total;
    expect(before).toBeLessThan(200);
    const closed = sink.close(new AbortController().signal);
    disk.makeRoom();
    expect(await closed).toMatchObject({ lines: 200, dropped: 0, problem: null });
    const { total, lines } = await outputs.readLines('RUN', 0, 200);
    expect(total).toBe(200);
    expect(lines.map(({ text }) => text.split(' x')[0])).toEqual(Array.from({ length: 200 }, (_, n) => `line ${n}`));
  });

  it('is let go of with the incident, and what is missing is said', async ({ skip }) => {
    const { disk, outputs } = onSmallDisk(skip);
    disk.fill();
    const sink = outputs.open('RUN');
    sink.write('stdout', Buffer.from('seen\n'));
    const held = new AbortController();
    const closed = sink.close(held.signal);
    held.abort();
    expect(await closed).toMatchObject({ lines: 1, bytes: 0, problem: expect.stringContaining('ENOSPC') as string });
  });
});
