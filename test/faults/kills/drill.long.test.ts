import { beforeAll, expect, it } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { seedsOf } from './killing.ts';
import { killAfterEveryCommit } from './rounds.ts';
import { drillStory } from './stories.ts';

beforeAll(() => ensureBundles(process.execPath, ['stories']), 300_000);

it.each(['app-rollback', 'db-rollback', 'full-system', 'exploit-stop-machines'])(
  'a drill of %s, killed after any commit, is taken up and goes on to its end',
  async (scenario) => {
    const folder = dataFolder();
    const seeds = await seedsOf(drillStory(scenario), folder);
    const times = await killAfterEveryCommit('killed after a commit: drill', seeds, folder, () => 'one');
    expect(times).toBeGreaterThan(40);
  },
  3_600_000,
);
