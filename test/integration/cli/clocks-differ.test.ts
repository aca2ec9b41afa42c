/** The clock of this machine and that of Fly differ: the picker of the terminal says so, and no verdict is built on it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

const HOUR = 3_600_000;

async function started() {
  const tools = await simulatedTools('app-rollback', { speed: 600 });
  const folder = dataFolder();
  const file = join(folder, 'live.md');
  writeFileSync(file, liveRunbook(tools.healthUrl));
  const shift = (ms: number, from: number): void => {
    tools.cloud.update((cloud) => ({
      ...cloud,
      releases: cloud.releases.map((release) =>
        release.version < from ? release : { ...release, createdAt: release.createdAt + ms },
      ),
    }));
  };
  const begin = () => commandProcess(folder, ['run', file, '--row', '1', '--detected', '1', '--trust']);
  return { begin, shift };
}

it('behind: no release is proposed, and a person chooses', async () => {
  const { begin, shift } = await started();
  shift(3 * HOUR, 0);
  const line = begin();
  await line.answer('Read the releases', '');
  const listed = await line.until('Go back to which release?');
  expect(listed).toMatch(/The clock of this machine is at least \S+ \S+.* behind: Fly dates v10 in the future\./);
  expect(listed).toContain('No release is proposed');
  expect(await line.until('Number')).toMatch(/v9 +unknown/);
  line.endInput();
  await line.ended;
});

it('ahead: it shows once a release was made here', async () => {
  const { begin, shift } = await started();
  const line = begin();
  await line.answer('Read the releases', '');
  expect(await line.answer('Number', '1')).not.toContain('clock of this machine');
  await line.answer('Enter does it', '');
  await line.answer('Enter does it', '');
  await line.until('Is it gone?');
  shift(-HOUR, 11);
  line.type('2');
  await line.answer('What do you see', 'HTTP 500');
  expect(await line.answer('Number: ', '1')).toContain('1. Choose another release');
  await line.answer('Read the releases', '');
  const listed = await line.until('Go back to which release?');
  expect(listed).toMatch(
    /The clock of this machine is about .* ahead: Fly dates v11, which was made here, before that\./,
  );
  const verdicts = await line.until('Number');
  expect(verdicts).toMatch(/v11 +bad/);
  expect(verdicts).not.toContain('proposed');
  line.endInput();
  await line.ended;
});
