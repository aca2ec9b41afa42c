import { beforeAll, it } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { seedsOf } from './killing.ts';
import { killAtRandom } from './rounds.ts';
import { liveRollback } from './stories.ts';

beforeAll(() => ensureBundles(process.execPath, ['stories']), 300_000);

it('a live rollback, killed at 1,000 random moments, is taken up and nothing is done twice', async () => {
  const folder = dataFolder();
  await killAtRandom('killed at random: live', await seedsOf(await liveRollback(folder), folder), folder, 1_000);
}, 3_600_000);
