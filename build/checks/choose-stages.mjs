import { changedFiles, existingStories, isLong, longTestsIn, relatedFiles, storiesFor } from './changed.mjs';
import { FAULTS, playwright, STAGES, vitest } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

/** The parts that `npm test` runs. @type {ReadonlySet<import('./stages.mjs').Part>} */
const DEFAULT_PARTS = new Set(['checks', 'unit', 'e2e']);

/**
 * The stages that the arguments of `npm test` ask for: `unit store` is the part "unit" with the file filter "store",
 * `all` is every stage, `changed COMMIT` is what the changes since that commit (HEAD by default) can break.
 * @param {readonly string[]} args
 * @param {(ref: string) => readonly string[]} changes
 * @returns {{ stages: readonly Stage[], filters: readonly string[], notes: readonly string[] } | undefined} `notes` are
 * lines to print before the run; undefined when there is no such part
 */
export function chooseStages([part, ...filters], changes = changedFiles) {
  if (part === undefined)
    return { stages: STAGES.filter((stage) => DEFAULT_PARTS.has(stage.part)), filters, notes: [] };
  if (part === 'all') return { stages: STAGES, filters: [], notes: [] };
  if (part === 'changed') return chooseByChange(filters[0] ?? 'HEAD', changes);
  const stages = [...STAGES, ...FAULTS].filter((stage) => stage.part === part);
  return stages.length === 0 ? undefined : { stages, filters, notes: [] };
}

function chooseByChange(/** @type {string} */ ref, /** @type {(ref: string) => readonly string[]} */ changes) {
  const files = changes(ref);
  const stages = stagesFor(files);
  const hasStories = stages.some(({ needs }) => needs.includes('Browser'));
  const notes = [
    files.length === 0 ? `Nothing differs from ${ref}: only the checks.` : `${files.length} files differ from ${ref}.`,
    ...(files.length > 0 && !hasStories ? ['No story shows what was changed.'] : []),
  ];
  return { stages, filters: [], notes };
}

/**
 * What a change can break: the checks, the tests that Vitest finds related, the stories that show the changed files, and
 * changed long tests.
 * @param {readonly string[]} files changed files, relative to the project
 * @param {readonly string[]} existing all stories and desktop specs
 * @returns {readonly Stage[]}
 */
export function stagesFor(files, existing = existingStories()) {
  const stories = storiesFor(files, existing);
  const short = stories.filter((story) => !isLong(story));
  const long = stories.filter(isLong);
  const longTests = longTestsIn(files);
  const ofPart = (/** @type {string} */ name) => STAGES.filter(({ part }) => part === name);
  return [
    ...ofPart('checks'),
    ...(files.length === 0 ? [] : ofPart('unit').map((stage) => onlyRelated(stage, files))),
    ...(short.length === 0 ? [] : ofPart('e2e').map((stage) => only(stage, short))),
    ...(longTests.length === 0 ? [] : [only(vitest('Changed long tests', 'long', ['long', 'long-faults']), longTests)]),
    ...(long.length === 0 ? [] : [only(playwright('Long stories', 'long', ['long']), long)]),
  ];
}

/** @returns {Stage} */
const only = (/** @type {Stage} */ stage, /** @type {readonly string[]} */ files) => ({
  ...stage,
  args: [...stage.args, ...files],
});

/** The tests that import a changed file, directly or not. @returns {Stage} */
const onlyRelated = (/** @type {Stage} */ stage, /** @type {readonly string[]} */ files) => ({
  ...stage,
  args: [
    ...stage.args.flatMap((arg) => (arg === 'run' ? ['related', '--run', '--passWithNoTests'] : [arg])),
    ...relatedFiles(files),
  ],
  mayBeEmpty: true,
});
