import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedFiles } from '../../../build/checks/changed.mjs';

let root: string;
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { cwd: root, encoding: 'utf8' });
const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
const commit = (): void => {
  git('add', '--all');
  git('commit', '--quiet', '-m', 'state');
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rollbook-changes-'));
  git('init', '--quiet');
  mkdirSync(join(root, 'sub'));
  for (const file of ['sub/kept', 'sub/edited', 'sub/deleted', 'sub/moved']) write(file, file);
  write('.gitignore', 'ignored');
  commit();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the files that differ from a commit', () => {
  it('are the edited, deleted, moved (both names), staged and new ones, whatever their names; no ignored one', () => {
    write('sub/edited', 'otherwise');
    rmSync(join(root, 'sub/deleted'));
    renameSync(join(root, 'sub/moved'), join(root, 'sub/here'));
    write('staged', '');
    git('add', '--all');
    write('ignored', '');
    write('sub/néw one', '');
    const expected = ['staged', 'sub/deleted', 'sub/edited', 'sub/here', 'sub/moved', 'sub/néw one'];
    expect([...changedFiles('HEAD', root)].sort()).toEqual(expected);
  });

  it('include those committed since an older commit', () => {
    write('sub/edited', 'otherwise');
    commit();
    expect(changedFiles('HEAD', root)).toEqual([]);
    expect(changedFiles('HEAD~1', root)).toEqual(['sub/edited']);
  });

  it('are relative to the given folder', () => {
    write('sub/edited', 'otherwise');
    expect(changedFiles('HEAD', join(root, 'sub'))).toEqual(['edited']);
  });

  it.each(['nosuch', '--output=x'])('cannot be told for a commit that does not exist: %s', (ref) => {
    expect(() => changedFiles(ref, root)).toThrow(`git could not say what changed since ${ref}`);
  });
});
