/** Writing to a path that a person gave: the whole file or none, and anything else at that path is not replaced. */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from '#core/files/write-whole.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

it('replaces a file, and leaves no half of it behind', () => {
  const path = join(dataFolder(), 'report.md');
  writeWhole(path, 'one', 'The report', 0o600);
  writeWhole(path, 'two', 'The report', 0o600);
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(path, '..'))).toEqual(['report.md']);
});

it('keeps a link to a file, and writes that file', () => {
  const folder = dataFolder();
  const [file, link] = [join(folder, 'real.md'), join(folder, 'link.md')];
  writeFileSync(file, 'before');
  symlinkSync(file, link);
  writeWhole(link, 'after', 'The report');
  expect(readlinkSync(link)).toBe(file);
  expect(readFileSync(file, 'utf8')).toBe('after');
});

// By a link, so that a bug cannot replace a device of this machine.
it('writes to a device and does not replace it', () => {
  const link = join(dataFolder(), 'nothing');
  symlinkSync('/dev/null', link);
  writeWhole(link, 'gone', 'The report');
  expect(readlinkSync(link)).toBe('/dev/null');
});

it('refuses a pipe, which would be waited for, and a folder', () => {
  const folder = dataFolder();
  const [pipe, below] = [join(folder, 'pipe'), join(folder, 'below')];
  execFileSync('mkfifo', [pipe]);
  mkdirSync(below);
  for (const path of [pipe, below]) {
    const write = (): void => writeWhole(path, 'text', 'The report');
    expect(write).toThrow(
      expect.objectContaining({ code: 'store-unwritable', message: expect.stringContaining(path) }),
    );
  }
  expect(lstatSync(pipe).isFIFO()).toBe(true);
  expect(readdirSync(folder)).toEqual(['below', 'pipe']);
});
