import { isLong, longTestsIn, presentStories, relatedTo, storiesOf } from './changed.mjs';
import { changedFiles } from './git-changes.mjs';
import { FAULTS, playwright, STAGES, vitest } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

/** What `npm test` runs. @type {ReadonlySet<import('./stages.mjs').Part>} */
const USUAL = new Set(['checks', 'unit', 'e2e']);

/**
 * What was asked for: `npm test -- unit store` is the part "unit" with the filter "store", `all` everything there is,
 * `changed COMMIT` what a change since that commit can break (HEAD when none is named).
 * @param {readonly string[]} args
 * @param {(ref: string) => readonly string[]} changes
 * @returns {{ stages: readonly Stage[], filters: readonly string[], notes: readonly string[] } | undefined} `notes`: what
 * to say beforehand; undefined when there is no such part
 */
export function chosen([part, ...filters], changes = changedFiles) {
  if (part === undefined) return { stages: STAGES.filter((stage) => USUAL.has(stage.part)), filters, notes: [] };
  if (part === 'all') return { stages: STAGES, filters: [], notes: [] };
  if (part === 'changed') return chosenByChange(filters[0] ?? 'HEAD', changes);
  const stages = [...STAGES, ...FAULTS].filter((stage) => stage.part === part);
  return stages.length === 0 ? undefined : { stages, filters, notes: [] };
}

function chosenByChange(/** @type {string} */ ref, /** @type {(ref: string) => readonly string[]} */ changes) {
  const files = changes(ref);
  const stages = stagesFor(files);
  const stories = stages.some(({ needs }) => needs.includes('Browser'));
  const notes = [
    files.length === 0 ? `Nothing differs from ${ref}: only the checks.` : `${files.length} files differ from ${ref}.`,
    ...(files.length > 0 && !stories ? ['No story shows what was changed.'] : []),
  ];
  return { stages, filters: [], notes };
}

/**
 * What a change can break: the checks, the tests that Vitest finds related, the stories of what was touched, and touched
 * long tests themselves.
 * @param {readonly string[]} files changed ones, relative to the project
 * @param {readonly string[]} present the stories there are
 * @returns {readonly Stage[]}
 */
export function stagesFor(files, present = presentStories()) {
  const stories = storiesOf(files, present);
  const usual = stories.filter((story) => !isLong(story));
  const long = stories.filter(isLong);
  const longTests = longTestsIn(files);
  return [
    ...STAGES.filter(({ part }) => part === 'checks'),
    ...(files.length === 0 ? [] : STAGES.filter(({ part }) => part === 'unit').map((stage) => related(stage, files))),
    ...(usual.length === 0 ? [] : STAGES.filter(({ part }) => part === 'e2e').map((stage) => only(stage, usual))),
    ...(longTests.length === 0 ? [] : [only(vitest('Touched long tests', 'long', ['long', 'long-faults']), longTests)]),
    ...(long.length === 0 ? [] : [only(playwright('Long stories', 'long', ['long']), long)]),
  ];
}

/** @returns {Stage} */
const only = (/** @type {Stage} */ stage, /** @type {readonly string[]} */ files) => ({
  ...stage,
  args: [...stage.args, ...files],
});

/** @returns {Stage} with the tests that import one of the files, or what stands for it */
const related = (/** @type {Stage} */ stage, /** @type {readonly string[]} */ files) => ({
  ...stage,
  args: [
    ...stage.args.flatMap((arg) => (arg === 'run' ? ['related', '--run', '--passWithNoTests'] : [arg])),
    ...relatedTo(files),
  ],
  mayBeEmpty: true,
});
