/** No verdict compares times of two clocks that differ. */
import { describe, expect, it } from 'vitest';
import { clockDifference } from '#shared/platforms/fly/clocks.ts';
import { proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import { machine, minute, release, status } from './fly-samples.ts';

const RELEASES = [release(8, 'A', -60), release(9, 'B', -30), release(10, 'C', 0)];
const [, v9] = RELEASES;
if (v9 === undefined) throw new Error('v9');

describe('the clock of this machine', () => {
  it('is trusted while the newest release is not from the future', () => {
    expect(clockDifference(RELEASES, minute(0))).toBeNull();
    expect(clockDifference(RELEASES, minute(-2))).toBeNull();
    expect(clockDifference(RELEASES, minute(60 * 24 * 30))).toBeNull();
    expect(clockDifference([], minute(0))).toBeNull();
  });

  it('is behind when Fly dates a release in the future, whatever its number', () => {
    expect(clockDifference(RELEASES, minute(-25))).toMatch(/at least 25 min.* behind.* v10/);
    expect(clockDifference(RELEASES.toReversed(), minute(-25))).toMatch(/behind/);
  });

  it('is ahead when a release that was made here is dated before it was made', () => {
    const made = { ...release(11, 'B', 5), imageRef: v9.imageRef };
    const own = (startedAt: number) => [{ image: v9.imageRef, after: 10, startedAt }];
    expect(clockDifference([made, ...RELEASES.toReversed()], minute(46), own(minute(45)))).toMatch(
      /about 40 min.* ahead.* v11/,
    );
    expect(clockDifference([made, ...RELEASES.toReversed()], minute(46), own(minute(4)))).toBeNull();
    // The older release of the same image was not made here.
    expect(clockDifference(RELEASES.toReversed(), minute(46), own(minute(45)))).toBeNull();
  });
});

describe('while the clocks differ', () => {
  const { proposed, candidates } = proposeRelease({
    releases: [...RELEASES, release(11, 'D', 1, 'failed')],
    status: status(machine('m1', 'C')),
    detectedAt: minute(-40),
    badInThisIncident: [],
    clocksDiffer: true,
  });

  it('nothing is proposed, and nothing is called bad by its time', () => {
    expect(proposed).toBeNull();
    expect(Object.fromEntries(candidates.map((each) => [each.release.version, each.verdict]))).toEqual({
      11: 'bad',
      10: 'bad',
      9: 'unknown',
      8: 'unknown',
    });
  });

  it('what needs no time is judged all the same', () => {
    const whys = candidates.map(({ why }) => why);
    expect(whys[0]).toContain('did not complete');
    expect(whys[1]).toBe('Its image is running now.');
    expect(whys[2]).toContain('clocks differ');
  });
});
