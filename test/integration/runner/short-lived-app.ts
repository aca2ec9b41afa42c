/**
 * A minimal app for the tests of re-attaching. It starts a changing command, or attaches to one, prints a line when the
 * command has printed something, and then waits to be killed. With `read` it starts a read-only command.
 * Arguments: keeper folder, working folder, script seconds-to-hold | `attach` pid start-time | `read` script.
 */
import { realSpawner } from '#core/runner/process-spawner.ts';
import { reattacher } from '#core/runner/keeper/reattach.ts';
import { systemClock } from '#core/system-ports.ts';

const [keeperFolder = '', cwd = '', script = '', pid, startTime] = process.argv.slice(2);
const clock = systemClock();

if (script === 'attach') {
  const found = reattacher({ clock, keeperFolder }).find({
    runId: 'run-1',
    pid: Number(pid),
    startTime: startTime ?? '',
  });
  console.log(found.kind);
} else if (script === 'read') {
  const read = await realSpawner({ clock, keeperFolder }).spawn({
    runId: 'read-1',
    argv: ['/bin/sh', '-c', pid ?? ''],
    cwd,
    env: { PATH: '/usr/bin:/bin' },
    effect: 'read',
  });
  read.onChunk((_stream, bytes) => {
    if (Buffer.from(bytes).includes('up')) console.log(JSON.stringify({ pid: read.pid }));
  });
  void read.exited.then(() => console.log('ended'));
} else {
  const spawner = realSpawner({ clock, keeperFolder, holdForS: Number(pid) });
  const running = await spawner.spawn({
    runId: 'run-1',
    argv: ['/bin/sh', '-c', script],
    cwd,
    env: { PATH: '/usr/bin:/bin' },
    effect: 'change',
  });
  await new Promise<void>((resolve) => running.onChunk(() => resolve()));
  console.log(JSON.stringify({ pid: running.pid, startTime: running.startTime }));
}
setInterval(() => undefined, 1_000_000);
