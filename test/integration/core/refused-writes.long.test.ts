/** As refused-writes.test.ts, starting with each of the writes. */
import { describe, expect, it } from 'vitest';
import {
  AS_ON_AN_EMPTY_DISK,
  NOTHING_UNTRUE,
  playOnFullDisk,
  rollBackOnFullDisk,
} from '../../fixtures/full-disk-story.ts';

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

/** For a whole drill, starting with every nth write. */
const STRIDE = 9;

describe('a disk that is full for five seconds from one write of a whole drill on', () => {
  it.each(['db-rollback', 'full-system', 'maintenance-mode', 'exploit-stop-machines'])(
    '%s: nothing untrue is told',
    async (scenario) => {
      for (let at = 2; ; at += STRIDE) {
        const { refused, story } = await playOnFullDisk(scenario, (nth) => nth === at, 5_000);
        if (refused.length === 0) break;
        expect({ at, refused: refused[0], story }).toEqual({ at, refused: refused[0], story: NOTHING_UNTRUE });
      }
    },
    600_000,
  );
});
