import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { EnvironmentFailure } from '../setup/failure.mjs';
import { inProject, projectRoot } from '../setup/project.mjs';
import { ALL_STORIES, DOCUMENT_TESTS, HIDDEN_DEPENDENCIES, STORIES } from './story-table.mjs';

/** For `npm test -- changed`: which files changed, and which tests they can break. */

/**
 * The files that differ from a commit: committed since, changed, deleted or new. Files that git ignores are left out.
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

/** Whether only `npm run test:all` runs a test. */
export const isLong = (/** @type {string} */ file) => file.endsWith('.long.test.ts');

/**
 * The stories that show the changed files, by the table of stories. A changed story is one of them.
 * @param {readonly string[]} files changed files, relative to the project
 * @param {readonly string[]} existing all stories and desktop specs
 * @returns {readonly string[]} some of `existing`
 */
export function storiesFor(files, existing) {
  const names = files.flatMap((file) => {
    if (isDocument(file)) return [];
    if (isStory(file)) return [file];
    return STORIES.find(([path]) => file.startsWith(path))?.[1] ?? [];
  });
  return existing.filter((story) => names.some((name) => isNamed(story, name)));
}

/** Whether `name`, as written in the table of stories, means this story. */
export const isNamed = (/** @type {string} */ story, /** @type {string} */ name) =>
  name === ALL_STORIES
    ? story.startsWith(ALL_STORIES) && !isLong(story)
    : story.startsWith(name) || story.startsWith(`${ALL_STORIES}${name}`);

/** A document describes the files around it and changes nothing. Runbooks are not documents: they are program data. */
const isDocument = (/** @type {string} */ file) => /(?:^|\/)(?:README|FORMAT|SECURITY|CONTRIBUTING)\.md$/.test(file);

const isStory = (/** @type {string} */ file) => /^test\/(?:e2e|desktop)\/.*\.(?:test|spec)\.ts$/.test(file);

/** @returns {readonly string[]} all stories and desktop specs, relative to the project, with slashes */
export const existingStories = () => ['e2e', 'desktop'].flatMap((folder) => filesIn(`test/${folder}`)).filter(isStory);

const filesIn = (/** @type {string} */ folder) =>
  readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.replaceAll('\\', '/')}`,
  );

/**
 * The arguments of `vitest related`: the changed files, and for those that tests use without importing them the files of
 * the tests that do.
 * @param {readonly string[]} files changed files, relative to the project
 * @returns {readonly string[]}
 */
export function relatedFiles(files) {
  const sources = files.filter((file) => !isDocument(file));
  const rows = HIDDEN_DEPENDENCIES.filter(([path]) => sources.some((file) => file.startsWith(path)));
  const documents = sources.length < files.length ? [DOCUMENT_TESTS] : [];
  return [...new Set([...files, ...rows.flatMap(([, users]) => users), ...documents])];
}

/** The long Vitest tests among the changed files. */
export const longTestsIn = (/** @type {readonly string[]} */ files) =>
  files.filter((file) => /^test\/(?:unit|integration|faults)\/.*\.test\.ts$/.test(file) && isLong(file));
