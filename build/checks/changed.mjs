import { readdirSync } from 'node:fs';
import { inProject } from '../setup/project.mjs';
import { ALL, DOCUMENTS, REACHED, STORIES } from './story-table.mjs';

/** What a change can break, by the tables of story-table.mjs and by Vitest's own knowledge of imports. */

/** Whether a test runs only in `npm run test:all`. */
export const isLong = (/** @type {string} */ file) => file.endsWith('.long.test.ts');

/**
 * The stories of what was touched; a touched story itself.
 * @param {readonly string[]} files changed ones, relative to the project
 * @param {readonly string[]} present the stories and desktop specs there are
 * @returns {readonly string[]} some of `present`
 */
export function storiesOf(files, present) {
  const named = files.flatMap((file) => {
    if (isDocument(file)) return [];
    if (isStory(file)) return [file];
    return STORIES.find(([touched]) => file.startsWith(touched))?.[1] ?? [];
  });
  return present.filter((story) => named.some((name) => isNamed(story, name)));
}

/** `name` as in the table. */
export const isNamed = (/** @type {string} */ story, /** @type {string} */ name) =>
  name === ALL ? story.startsWith(ALL) && !isLong(story) : story.startsWith(name) || story.startsWith(`${ALL}${name}`);

/** Beside what it describes, and no part of it. A runbook is none. */
const isDocument = (/** @type {string} */ file) => /(?:^|\/)(?:README|FORMAT|SECURITY|CONTRIBUTING)\.md$/.test(file);

const isStory = (/** @type {string} */ file) => /^test\/(?:e2e|desktop)\/.*\.(?:test|spec)\.ts$/.test(file);

/** @returns {readonly string[]} the stories and desktop specs there are, relative to the project, with slashes */
export const presentStories = () => ['e2e', 'desktop'].flatMap((folder) => filesIn(`test/${folder}`)).filter(isStory);

const filesIn = (/** @type {string} */ folder) =>
  readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.replaceAll('\\', '/')}`,
  );

/**
 * What `vitest related` is asked about: the changed files, and those that stand for what it does not see.
 * @param {readonly string[]} files changed ones, relative to the project
 * @returns {readonly string[]}
 */
export function relatedTo(files) {
  const sources = files.filter((file) => !isDocument(file));
  const rows = REACHED.filter(([touched]) => sources.some((file) => file.startsWith(touched)));
  const documents = sources.length < files.length ? [DOCUMENTS] : [];
  return [...new Set([...files, ...rows.flatMap(([, standing]) => standing), ...documents])];
}

/** The touched tests of Vitest that are long: others run them only in `npm run test:all`. */
export const longTestsIn = (/** @type {readonly string[]} */ files) =>
  files.filter((file) => /^test\/(?:unit|integration|faults)\/.*\.test\.ts$/.test(file) && isLong(file));
