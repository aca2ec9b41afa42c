import { execFileSync } from 'node:child_process';
import { projectRoot } from '../setup/project.mjs';

/** What `npm test -- changed` runs: Vitest's own related files, and the stories of what was touched, by this table. */

/** Every story there is. */
const ALL = 'test/e2e/';

/**
 * Folders and the stories (parts of their file names) that show them. The first row that fits counts; what fits none has
 * no story. A change under `shared` or in the core shows in most stories: the few named here go through all of it.
 * @type {readonly (readonly [folder: string, stories: readonly string[]])[]}
 */
export const STORIES = [
  ['test/e2e/hosts/', [ALL]],
  ['renderer/app/', [ALL]],
  ['renderer/bridge', [ALL]],
  ['renderer/stores/', [ALL]],
  ['renderer/ui/', [ALL]],
  ['shared/contract/', [ALL]],
  ['renderer/features/clock/', ['seed-02', 'seed-07', 'rule-05']],
  ['renderer/features/declare/', ['seed-02', 'seed-11-symptom', 'rule-13']],
  ['renderer/features/drills/', ['seed-13', 'seed-14', 'interrupted']],
  ['renderer/features/home/', ['interrupted', 'seed-07', 'seed-17']],
  ['renderer/features/quick/', ['seed-15']],
  ['renderer/features/readiness/', ['readiness', 'rule-10']],
  ['renderer/features/reference/', ['seed-17', 'finding', 'seed-01']],
  ['renderer/features/report/', ['seed-12', 'access']],
  ['renderer/features/runbooks/', ['runbooks', 'rule-13']],
  ['renderer/features/settings/', ['settings']],
  ['renderer/features/truth/', ['truth-check']],
  ['renderer/features/wizard/', ['seed-', 'rule-', 'steering', 'output', 'disk-full']],
  ['electron/loopback/', ['access', 'broken-store', 'policy']],
  ['electron/desktop/', ['test/desktop/']],
  ['test/electron-double/', ['test/desktop/']],
  ['electron/core/truth/', ['truth-check', 'rule-13']],
  ['shared/truth/', ['truth-check', 'rule-13']],
  ['electron/core/readiness/', ['readiness']],
  ['electron/core/settings/', ['settings']],
  ['electron/core/handover/', ['handover']],
  ['electron/core/reports/', ['seed-12']],
  ['shared/report/', ['seed-12']],
  ['electron/core/', ['seed-07', 'seed-08', 'seed-09', 'rule-06', 'rule-15', 'test/desktop/conformance/']],
  ['shared/', ['seed-07', 'seed-08', 'seed-09', 'rule-06', 'rule-15']],
];

/**
 * Filters for Playwright; a touched story runs itself.
 * @param {readonly string[]} files changed ones, relative to the project
 * @returns {readonly string[]}
 */
export function storiesOf(files) {
  const found = new Set(
    files.flatMap((file) => {
      if (/^test\/(?:e2e|desktop)\/.*\.(?:test|spec)\.ts$/.test(file)) return [file];
      return STORIES.find(([folder]) => file.startsWith(folder))?.[1] ?? [];
    }),
  );
  return found.has(ALL) ? [ALL, 'test/desktop/'] : [...found].sort();
}

/**
 * Files that differ from `ref`, new ones included, deleted ones not. Throws when git does not know `ref`.
 * @param {string} ref
 * @returns {readonly string[]} relative to the project, with slashes
 */
export function changedFiles(ref) {
  const git = (/** @type {readonly string[]} */ args) =>
    execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).split('\n').filter(Boolean);
  return [
    ...git(['diff', '--name-only', '--diff-filter=d', '--relative', ref, '--']),
    ...git(['ls-files', '--others', '--exclude-standard']),
  ];
}
