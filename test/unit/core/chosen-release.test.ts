/** The release that a person chooses, for one service or for several. */
import { expect, it } from 'vitest';
import type { IncidentState } from '#shared/incident/state.ts';
import { chosenRelease } from '#core/platforms/choice.ts';
import { deployArguments } from '#core/platforms/fly/read-releases.ts';

const release = (version: number, image: string) =>
  ({ version, status: 'complete', image, description: '', user: '', createdAt: 0 }) as const;
const READ = {
  fingerprint: 'v9 v8',
  releases: [release(9, 'registry/app:9'), release(8, '')],
  running: [{ version: 9, image: 'registry/app:9', digest: null }],
  proposed: 9,
} as unknown as IncidentState['releases'];
const choose =
  (version: number, releases = READ) =>
  () =>
    chosenRelease(releases, { service: 'shop', version, immediate: true });

it('has its image, where it goes back from, and the list that it was chosen from', () => {
  expect(choose(9)()).toEqual({
    version: 9,
    image: 'registry/app:9',
    from: { version: 9, image: 'registry/app:9', digest: null },
    proposed: true,
    fingerprint: 'v9 v8',
    immediate: true,
  });
});

it('has to be in a list that was read', () => {
  expect(choose(7)).toThrow('v7 is not in the list of releases that was read for shop.');
  expect(choose(9, null)).toThrow(expect.objectContaining({ code: 'no-release' }) as Error);
});

it('has to have an image', () => {
  expect(choose(8)).toThrow('Fly recorded no image for v8 of shop.');
});

it('is deployed to all machines at once only if that was chosen', () => {
  expect(deployArguments({ immediate: true })).toEqual(['--strategy', 'immediate']);
  expect(deployArguments({ immediate: false })).toEqual([]);
  expect(deployArguments(null)).toEqual([]);
});
