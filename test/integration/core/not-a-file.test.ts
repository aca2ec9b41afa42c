/** Where a file is expected, anything else (such as a pipe) is refused at once, and the message says what it is. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegular } from '#core/files/read-regular.ts';
import { timelineText } from '#core/reports/timeline-file.ts';
import { differs } from '#core/verify/compare-file.ts';
import { verifyExported } from '#core/verify/verify-folder.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const noFifos = skippedFor(process.platform === 'win32' ? 'Windows has no FIFOs' : null);

function fifo(folder: string, name = 'fifo'): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

describe('a file that others wrote', noFifos, () => {
  it('is read up to the limit, whatever size it claims', () => {
    const path = join(dataFolder(), 'a');
    writeFileSync(path, 'x'.repeat(100_000));
    expect(readRegular(path, 100_000)).toHaveLength(100_000);
    expect(() => readRegular(path, 99_999)).toThrow(expect.objectContaining({ code: 'EFBIG', bytes: 100_000 }));
  });

  it('is not a FIFO that nobody writes to, a device or a folder', () => {
    const folder = dataFolder();
    for (const [path, code] of [
      [fifo(folder), 'ENOTFILE'],
      ['/dev/zero', 'ENOTFILE'],
      [folder, 'EISDIR'],
      [join(folder, 'nowhere'), 'ENOENT'],
    ] as const)
      expect(() => readRegular(path, 1_000)).toThrow(expect.objectContaining({ code }));
  });
});

describe('what is verified', noFifos, () => {
  it.each([
    ['timeline.jsonl', 'has no timeline.jsonl'],
    ['SHA256SUMS', 'SHA256SUMS is gone'],
  ])('has a FIFO in the place of %s', async (name, finding) => {
    const folder = dataFolder();
    writeFileSync(join(folder, 'timeline.jsonl'), timelineText('A', '1.0.0', []));
    rmSync(join(folder, name), { force: true });
    fifo(folder, name);
    const found = await verifyExported(folder).catch((thrown: unknown) => ({ findings: [(thrown as Error).message] }));
    expect(found.findings).toContainEqual(expect.stringContaining(finding));
  });

  it('is named by an event, and is a device', async () => {
    expect(await differs(['/dev/zero'], { bytes: 1, sha256: '' })).toBe('cannot be read: it is no regular file');
    expect(await differs([fifo(dataFolder())], { bytes: 1, sha256: '' })).toContain('it is no regular file');
  });
});

describe('a runbook', noFifos, () => {
  it('whose file was replaced by a FIFO stays in the list as it was', async () => {
    const folder = dataFolder();
    const path = join(folder, 'team.md');
    writeFileSync(path, '# Team\n\n## Option 1: Look\n\n1. **Look**\n');
    const { runbooks } = (await virtualCore()).services;
    await runbooks.importFile(path);
    rmSync(path);
    fifo(folder, 'team.md');
    await runbooks.lookAgain();
    expect(runbooks.list().map(({ title }) => title)).toContain('Team');
    await expect(runbooks.importFile(path)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: `${path} cannot be read: it is no regular file.`,
    });
  });

  it.each(['show', 'check', 'trust', 'print'])('that is a device is refused by `%s`', async (command) => {
    const said = await commandLine().run([command, '/dev/zero']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('/dev/zero cannot be read: it is no regular file.');
  });

  it('bundle that is a FIFO is refused', async () => {
    const folder = dataFolder();
    const said = await commandLine().run(['handover', 'import', fifo(folder)]);
    expect(said.code).toBe(2);
    expect(said.err).toContain('it is no regular file');
  });
});
