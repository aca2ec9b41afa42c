/** Output on its way through redaction to the disk, the memory it takes, and reading it again. */
import { ulid } from 'ulid';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { openCore } from '#core/core.ts';
import { benchFolder, median, quantile, tell, timed } from './measure.ts';

const MB = 1024 * 1024;
const TOTAL_MB = 1_024;
const LINES = 1_000_000;

const folder = benchFolder();
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { outputs } = core.services;

const USUAL = 'Updating machine 3287e1d9a0 with image registry.fly.io/pier:deployment-01J\n'.repeat(99);
/** One chunk of a pipe; one line in a hundred names something that could be secret. */
const CHUNK = Buffer.from(`${USUAL}GET https://pier.example/up token=abc 200 in 12 ms\n`.repeat(9)).subarray(0, 65_536);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The largest resident memory while `work` runs, MB. */
async function memoryOf(work: () => Promise<void>): Promise<number> {
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  await work();
  clearInterval(look);
  return most / MB;
}

const sink = outputs.open(ulid());
let ms = 0;
const memory = await memoryOf(async () => {
  ms = await timed(async () => {
    for (let sent = 0; sent < TOTAL_MB * MB; sent += CHUNK.length) {
      sink.write('stdout', CHUNK);
      // A process is drained in turns of the event loop, too.
      if (sent % (16 * CHUNK.length) === 0) await turn();
    }
    await sink.close();
  });
});
const bare = await timed(async () => {
  const file = createWriteStream(join(folder, 'bare'));
  for (let sent = 0; sent < TOTAL_MB * MB; sent += CHUNK.length)
    if (!file.write(CHUNK)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  await new Promise<void>((resolve) => file.end(resolve));
});
const rate = TOTAL_MB / (ms / 1_000);
tell({
  what: 'output through redaction to disk',
  value: rate,
  unit: 'MB/s',
  budget: 60,
  atLeast: true,
  ratio: ms / bare,
  baseline: 'writing it to a file',
});
tell({ what: 'memory while 1 GB passes', value: memory, unit: 'MB', budget: 200 });

const runId = ulid();
const long = outputs.open(runId);
for (let line = 0; line < LINES; line += 1_000) {
  long.write(
    'stdout',
    Buffer.from(Array.from({ length: 1_000 }, (_, n) => `line ${line + n} of a long run\n`).join('')),
  );
  await turn();
}
await long.close();
await outputs.readLines(runId, 0, 1);
const pages: number[] = [];
for (let page = 0; page < 50; page += 1)
  pages.push(await timed(() => outputs.readLines(runId, Math.floor((page * 7_919_993) % (LINES - 200)), 200)));
tell({
  what: 'a page of a million lines, p99',
  value: quantile(pages, 0.99),
  unit: 'ms',
  budget: 10,
  ratio: quantile(pages, 0.99) / median(pages),
  baseline: 'the median page',
});
await core.close();
