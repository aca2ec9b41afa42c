import { beforeAll, expect, it } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { seedsOf } from './killing.ts';
import { eachAfterChange, killAfterEveryCommit } from './rounds.ts';
import { liveRollback } from './stories.ts';

beforeAll(() => ensureBundles(process.execPath, ['stories']), 300_000);

it('a live rollback, killed after any commit, is taken up, and each act that is offered can be done', async () => {
  const folder = dataFolder();
  const seeds = await seedsOf(await liveRollback(folder), folder);
  const times = await killAfterEveryCommit('killed after a commit: live', seeds, folder, eachAfterChange);
  expect(times).toBeGreaterThan(60);
}, 3_600_000);
