/** Twice the text costs at most two and a half times the work, whatever it is: counted, not timed. */
import { expect, it } from 'vitest';
import { superlinear } from '../../fixtures/cost-of-reading.ts';
import { HOSTILE_FILES } from '../../fixtures/hostile-files.ts';

/** The YAML library compares each key with each: front matter is limited to 64,000 characters. */
const LIMITED = [
  'keys of the front matter',
  'services',
  'variables of the front matter',
  'anchors',
  'merged keys',
  'tags of YAML',
];

it('of every kind', { timeout: 900_000 }, async () => {
  const files = HOSTILE_FILES.filter(({ kind }) => !LIMITED.includes(kind));
  expect(files.length).toBe(HOSTILE_FILES.length - LIMITED.length);
  expect(await superlinear(files)).toEqual([]);
});
