/** Short tests: kills after every commit of the one change, from its intent to its proof, and at random moments. */
import { beforeAll, expect, it } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { changes, seedsOf } from './killing.ts';
import { killAfterEveryCommit, killAtRandom } from './rounds.ts';
import { liveRollback } from './stories.ts';

beforeAll(() => ensureBundles(process.execPath, ['stories']), 300_000);

it('a live rollback, killed after any commit of its deploy and at 50 random moments, is taken up: nothing is done twice', async () => {
  const folder = dataFolder();
  const seeds = await seedsOf(await liveRollback(folder), folder);
  const times = await killAfterEveryCommit('killed after a commit: live', seeds.filter(changes), folder, () => 'one');
  // From the intent to the proof, with the readings before it, its start and its end.
  expect(times).toBeGreaterThan(15);
  await killAtRandom('killed at random: live', seeds, folder, 50);
}, 600_000);
