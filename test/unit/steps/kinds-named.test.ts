/** Kinds of steps are named where they are defined, and nowhere else: other files ask for their traits. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { intentSchema } from '#shared/incident/intent.ts';
import { STEP_KINDS } from '#shared/steps/kinds.ts';
import { inProject, projectRoot } from '../../../build/setup/project.mjs';
import { listSources } from '../../../build/setup/source-stamp.mjs';

/** Each layer has the files of the kinds in its folder; a card in a terminal is a row of a table. */
const REGISTRIES =
  /^(shared\/steps|electron\/core\/steps|renderer\/features\/steps)\/|^electron\/cli\/wizard\/undo-cards\.ts$/;

/** Words that mean something else too: these count only where a kind is asked for or given. */
const INTENTS = new Set<string>(intentSchema.options.map(({ shape }) => shape.kind.value));
const COMMON_WORDS = new Set(['task', 'watch', 'dashboard']);

const naming = (kind: string): RegExp => {
  if (INTENTS.has(kind)) return new RegExp(`\\bstep\\.kind [!=]== '${kind}'`);
  return COMMON_WORDS.has(kind)
    ? new RegExp(`\\bkind(?: [!=]==|:) '${kind}'|\\bkind [!=]== "${kind}"`)
    : new RegExp(`['"\`]${kind}['"\`]`);
};

const SOURCES = listSources(projectRoot, ['shared', 'renderer', 'electron'])
  .filter((file) => /\.tsx?$/.test(file) && !REGISTRIES.test(file))
  .map((file) => ({ file, lines: readFileSync(inProject(file), 'utf8').split('\n') }));

it.each(STEP_KINDS)('%s is named by no file outside of the registries', (kind) => {
  const pattern = naming(kind);
  const found = SOURCES.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
  expect(SOURCES.length).toBeGreaterThan(500);
});
