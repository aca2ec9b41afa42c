import { describe, expect, it } from 'vitest';
import { type FlyRelease, releasesFingerprint, sameButOwn } from '#shared/platforms/fly/releases.ts';

const release = (version: number, imageRef: string, status = 'complete'): FlyRelease => ({
  version,
  status,
  imageRef,
  description: '',
  reason: '',
  createdAt: version,
  user: '',
});
const then = [release(10, 'bad'), release(9, 'good'), release(8, 'old')];
const picked = { fingerprint: releasesFingerprint(then), image: 'good' };

describe('the releases since the pick', () => {
  it('are the same when nothing was added', () => {
    expect(sameButOwn(picked, then, 0)).toBe(true);
    expect(sameButOwn(picked, then, 1)).toBe(true);
  });

  it('may hold what our own tries left, however those ended, and lose the oldest to them', () => {
    const now = [release(11, 'good', 'failed'), ...then.slice(0, 2)];
    expect(sameButOwn(picked, now, 1)).toBe(true);
    expect(sameButOwn(picked, [release(11, 'good', 'failed'), ...then], 1)).toBe(true);
  });

  it.each([
    ['more than we tried', [release(12, 'good'), release(11, 'good'), ...then], 1],
    ['one before we tried', [release(11, 'good'), ...then], 0],
    ['another image', [release(11, 'other'), ...then], 1],
    ['an old release that changed', [release(10, 'bad', 'failed'), ...then.slice(1)], 1],
    ['old releases that vanished', then.slice(1), 1],
  ])('are not ours: %s', (_, now, tries) => {
    expect(sameButOwn(picked, now, tries)).toBe(false);
  });
});
