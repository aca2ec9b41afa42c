/** Twice the text costs at most two and a half times the function calls, for every kind of hostile file. */
import { expect, it } from 'vitest';
import { superlinear } from '../../fixtures/cost-of-reading.ts';
import { HOSTILE_FILES } from '../../fixtures/hostile-files.ts';

it('of every kind', { timeout: 900_000 }, async () => {
  expect(await superlinear(HOSTILE_FILES)).toEqual([]);
});
