import { spawnSync } from 'node:child_process';
import { EnvironmentFailure } from '../setup/failure.mjs';
import { projectRoot } from '../setup/project.mjs';

/**
 * The files that differ from a commit: committed since, changed, deleted or new. What git ignores is left out.
 * Throws EnvironmentFailure when git does not know the commit.
 * @param {string} ref
 * @param {string} root
 * @returns {readonly string[]} relative to `root`, with slashes; a renamed file under both names
 */
export function changedFiles(ref, root = projectRoot) {
  const git = (/** @type {readonly string[]} */ args) => {
    const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 });
    if (status === 0) return stdout.split('\0').filter((file) => file !== '');
    throw new EnvironmentFailure(
      `git could not say what changed since ${ref}: ${error?.message ?? stderr.trim().split('\n')[0]}`,
      'Name a commit, a branch or a tag of this repository: npm test -- changed main.',
    );
  };
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])[0]?.trim() ?? '';
  return [
    ...git(['diff', '--name-only', '--no-renames', '--relative', '-z', commit, '--']),
    ...git(['ls-files', '--others', '--exclude-standard', '-z']),
  ];
}
