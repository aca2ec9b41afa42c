import { it } from 'vitest';
import { Tally } from '../../fixtures/fault-table.ts';
import { damage, drilled } from './damage.ts';
import { fullAfterSome } from './full-disk.ts';

it('a disk that is full after any write loses nothing, says so, and goes on once there is room', async ({ skip }) => {
  const why = await fullAfterSome({ every: 1 });
  if (why !== null) skip(why);
}, 600_000);

it('a file that was damaged anywhere is left where it is, named, and never called whole when it is not', async () => {
  const tally = new Tally('damaged store');
  await damage(await drilled(), 300, tally);
  tally.judge();
}, 1_200_000);
