/** Twice the text costs at most two and a half times the function calls. */
import { expect, it } from 'vitest';
import { superlinear } from '../../fixtures/cost-of-reading.ts';
import { HOSTILE_FILES } from '../../fixtures/hostile-files.ts';

/** Each of these once had quadratic cost, in a different place. */
const KINDS = [
  'one fence of commands',
  'here-documents, 3,000 of them',
  'one line of 600 kB',
  'steps of one procedure',
  'rows of the matrix',
  'placeholders',
  'keys of the front matter',
];

it('of these kinds', async () => {
  const files = HOSTILE_FILES.filter(({ kind }) => KINDS.includes(kind));
  expect(files).toHaveLength(KINDS.length);
  expect(await superlinear(files)).toEqual([]);
});

/** Twice this is still parsed as a paragraph with inline Markdown (shared/runbook/parser/markdown/cuts.ts). */
const HALF_A_PARAGRAPH = 7_000;
const IN_ONE_PARAGRAPH = ['words in one bracket', 'an address with much punctuation', 'backticks that nothing closes'];

it('of one paragraph of these kinds', async () => {
  const files = HOSTILE_FILES.filter(({ kind }) => IN_ONE_PARAGRAPH.includes(kind));
  expect(files).toHaveLength(IN_ONE_PARAGRAPH.length);
  expect(await superlinear(files, HALF_A_PARAGRAPH)).toEqual([]);
});
