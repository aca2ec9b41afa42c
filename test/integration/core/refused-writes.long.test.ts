/** As refused-writes.test.ts, from each single write on. */
import { describe, expect, it } from 'vitest';
import { AS_ON_AN_EMPTY_DISK, rollBackOnFullDisk } from '../../fixtures/full-disk-story.ts';

describe('a disk that is full from each write of a rollback on', () => {
  it.each([
    ['five seconds', 5_000],
    ['ten minutes', 600_000],
  ])(
    'for %s: everything is told as it was seen, and the release is deployed once',
    async (_how, ms) => {
      for (let at = 1; ; at += 1) {
        const { refused, story } = await rollBackOnFullDisk((nth) => nth === at, ms);
        if (refused.length === 0) break;
        expect({ at, refused: refused[0], story }).toEqual({ at, refused: refused[0], story: AS_ON_AN_EMPTY_DISK });
      }
    },
    600_000,
  );
});
