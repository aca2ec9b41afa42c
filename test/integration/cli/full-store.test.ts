/** The command line on a full disk: an incident is declared and continued outside of the store, and it says what waits. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder, dataOnSmallDisk } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

const RUN = ['run', '--probe', ''];
const idIn = (text: string): string => /Incident ([0-9A-Z]{26})/.exec(text)?.[1] ?? '';

it('declares apart, also twice, and goes on with what is in the store; a kill loses nothing', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const line = commandLine(data);
  // Data is lost: the procedure of that row needs tools that this machine does not have.
  const first = idIn((await line.run(RUN, ['3', 'yes'])).out);
  disk.fill();

  const process = commandProcess(line.folder, [...RUN, '--row', '3']);
  await process.answer('Type "yes"', 'yes');
  await process.answer('Enter does it', '/note said before the kill');
  await process.until('said before the kill');
  const second = idIn(process.said());
  process.kill('SIGKILL');
  expect((await process.ended).err).toContain('commands that only read are run, none that changes something');

  const again = commandProcess(line.folder, ['run', '--resume', second]);
  await again.answer('Enter does it', '/note said after the kill');
  await again.until('said after the kill');
  again.endInput();
  const left = await again.ended;
  expect(left.code).toBe(4);
  expect(left.out).toMatch(/open, so far unverified\. It is kept in \S+, and put into the store by the next start/);
  expect(left.out).toContain('Until then the window shows it: rollbook serve');

  const resumed = await line.run(['run', '--resume', first], ['/note into a file']);
  expect(resumed.code).toBe(4);
  expect(resumed.err).toContain(`1 entry is not on the timeline of incident ${first} yet: kept in`);
  for (const command of [['incidents'], ['status', first], ['export', first], ['follow-ups', first]]) {
    const said = await line.run(command);
    expect(said.err, command[0]).toContain(`1 entry is not on the timeline of incident ${first} yet`);
  }
  expect((await line.run(['incidents'])).err).toContain('is not in this list: kept in');
  for (const words of [
    ['status', second],
    ['export', second],
    ['verify', second],
    ['resolve', second, 'over'],
  ]) {
    const said = await line.run(words);
    expect([said.code, said.out], words[0]).toEqual([4, '']);
    expect(said.err).toMatch(/is not in the store yet: .* is kept in \S+\.\n/);
    expect(said.err).toContain(`rollbook run --resume ${second}`);
  }

  disk.makeRoom();
  const listed = await line.run(['incidents']);
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toContain(second);
  expect((await line.run(['export', first])).out).toContain('into a file');
  const report = (await line.run(['export', second])).out;
  expect(report).toContain('said before the kill');
  expect(report).toContain('said after the kill');
});

it('asks for the row and for missing tools once when the store turns out to take nothing', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const line = commandLine(data);
  await line.run(['incidents']);
  // Another process has the store open, so it can be opened here too.
  const other = commandProcess(line.folder, RUN);
  await other.until('Number: ');
  disk.fill();
  const said = await line.run(RUN, ['3', 'yes']);
  expect(said.code).toBe(4);
  expect(said.err).toContain('is full');
  expect(said.out.match(/What happened\?/g)).toHaveLength(1);
  expect(said.out.match(/not on PATH here/g)).toHaveLength(1);
  expect(said.out).toContain('It is kept in');
});

it('declares a quick rollback apart, with the runbook that was reviewed, and changes nothing', async ({ skip }) => {
  const small = dataOnSmallDisk();
  if (small === null) return skip('no small disk');
  const { disk, data } = small;
  const line = commandLine(data);
  const tools = await simulatedTools('app-rollback');
  const file = join(dataFolder(), 'live.md');
  writeFileSync(file, liveRunbook(tools.healthUrl));
  await line.run(['trust', file]);
  disk.fill();
  const before = tools.cloud.read().releases.length;
  const said = await line.run(['quick', 'hotdash-agent-service', 'v9', '--runbook', file]);
  expect(said.code).toBe(4);
  expect(said.out).toContain('declared: P0, hotdash-agent-service to v9');
  expect(said.out).toContain('It is kept in');
  expect(said.err).toContain('No command that changes something is run while the store cannot be used');
  expect(tools.cloud.read().releases).toHaveLength(before);
  const drill = ['quick', 'hotdash-agent-service', 'v9', '--drill', 'app-rollback', '--speed', '600'];
  expect(await line.run(drill)).toMatchObject({ code: 4, out: '' });
});

it('says with every refusal what works all the same', async () => {
  const line = commandLine();
  withVariables({ PATH: line.folder });
  writeFileSync(join(line.folder, 'rollbook.db'), 'This is no database at all.\n'.repeat(500));
  for (const command of [['incidents'], ['drill', '--list'], ['export', '01JD0000000000000000000000']]) {
    const said = await line.run(command);
    if (said.code === 0) continue;
    expect(said.code).toBe(4);
    expect(said.err).toContain('Meanwhile `rollbook run` and `rollbook serve` work');
  }
  expect((await line.run(['incidents'])).code).toBe(4);
});
