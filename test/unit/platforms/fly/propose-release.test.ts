import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PickInput, proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import type { FlyRelease } from '#shared/platforms/fly/releases.ts';
import { digestOf, imageOf, machine, minute, release, status } from './fly-samples.ts';

const pick = (releases: readonly FlyRelease[], running: string, detected: number, more: Partial<PickInput> = {}) =>
  proposeRelease({
    releases,
    status: status(machine('m1', running), machine('m2', running)),
    detectedAt: minute(detected),
    badInThisIncident: [],
    ...more,
  });
const verdicts = (found: ReturnType<typeof proposeRelease>) =>
  Object.fromEntries(found.candidates.map((candidate) => [candidate.release.version, candidate.verdict]));

describe('the proposed release', () => {
  it('is the one before a bad deploy', () => {
    const found = pick([release(8, 'A', -60), release(9, 'B', -30), release(10, 'C', 0)], 'C', 5);
    expect(found.proposed?.version).toBe(9);
    expect(verdicts(found)).toEqual({ 10: 'bad', 9: 'proposed', 8: 'possible' });
    expect(found.candidates[0]?.why).toBe('Its image is running now.');
    expect(found.candidates[2]?.why).toContain('older than v9');
  });

  it('skips a secrets set, which is a new release of the same image', () => {
    expect(pick([release(8, 'A', -60), release(9, 'C', -2), release(10, 'C', -1)], 'C', 5).proposed?.version).toBe(8);
  });

  it('skips a deploy that failed', () => {
    const releases = [release(8, 'A', -60), release(9, 'B', -30, 'failed'), release(10, 'C', 0)];
    expect(pick(releases, 'C', 5).proposed?.version).toBe(8);
  });

  it('takes an earlier rollback by its image, not by its number', () => {
    // v10 rolled back to v8's image and is what broke; v9 had been in trouble before and is still older than that.
    const releases = [release(8, 'A', -60), release(9, 'B', -30), release(10, 'A', -20)];
    const found = pick(releases, 'A', 5);
    expect(verdicts(found)).toEqual({ 10: 'bad', 9: 'proposed', 8: 'bad' });
  });

  it('skips a fix that failed in this incident, and the release it should have fixed', () => {
    const releases = [release(9, 'A', -60), release(10, 'B', 0), release(11, 'C', 10)];
    const found = pick(releases, 'C', 3);
    expect(found.proposed?.version).toBe(9);
    expect(found.candidates[1]).toMatchObject({ verdict: 'bad' });
    expect(found.candidates[1]?.why).toContain('as v10 it was in service after the trouble was detected');
  });

  it('takes a failed fix for partly deployed, so its image is bad under every number', () => {
    const releases = [release(8, 'C', -90), release(9, 'A', -60), release(10, 'B', 0), release(11, 'C', 10, 'failed')];
    const found = pick(releases, 'B', 3);
    expect(verdicts(found)).toEqual({ 11: 'bad', 10: 'bad', 9: 'proposed', 8: 'bad' });
    expect(found.candidates[3]?.why).toContain('as v11 it may have been partly in service');
  });

  it('does not let a failed deploy end the service of the release before it', () => {
    const releases = [release(8, 'A', -60), release(9, 'B', 0), release(10, 'C', 2, 'failed')];
    expect(verdicts(pick(releases, 'C', 3))).toEqual({ 10: 'bad', 9: 'bad', 8: 'proposed' });
  });

  it('marks the release in service at the very moment of detection', () => {
    const releases = [release(8, 'A', -60), release(9, 'B', -30), release(10, 'C', 4)];
    expect(verdicts(pick(releases, 'C', 2))).toEqual({ 10: 'bad', 9: 'bad', 8: 'proposed' });
  });

  it('knows a running image by its digest', () => {
    const byDigest = { ...release(9, 'B', -30), imageRef: `registry.fly.io/app@${digestOf('C')}` };
    expect(pick([release(8, 'A', -60), byDigest, release(10, 'C', 0)], 'C', 5).proposed?.version).toBe(8);
  });

  it('skips what was tried in this incident', () => {
    const releases = [release(8, 'A', -60), release(9, 'B', -30), release(10, 'C', 0)];
    const found = pick(releases, 'C', 5, { badInThisIncident: [imageOf('B')] });
    expect(found.proposed?.version).toBe(8);
  });

  it('is nothing when nothing is left, and says why for each', () => {
    const found = pick([release(9, '', -30), release(10, 'C', 0)], 'C', 5);
    expect(found.proposed).toBeNull();
    expect(found.candidates.map((candidate) => candidate.why)).toEqual([
      'Its image is running now.',
      'Fly recorded no image for it.',
    ]);
    expect(pick([], 'C', 5)).toEqual({ proposed: null, candidates: [] });
  });

  it('does not take a stopped machine for running', () => {
    const found = proposeRelease({
      releases: [release(9, 'B', -30), release(10, 'C', 0)],
      status: status(machine('m1', 'C'), machine('m2', 'B', { state: 'stopped' })),
      detectedAt: minute(5),
      badInThisIncident: [],
    });
    expect(found.proposed?.version).toBe(9);
  });
});

describe('whatever the history', () => {
  const history = fc
    .array(
      fc.record({
        image: fc.constantFrom('A', 'B', 'C', 'D', ''),
        gap: fc.integer({ min: 1, max: 30 }),
        status: fc.constantFrom('complete', 'complete', 'complete', 'failed', 'interrupted', 'running', 'pending'),
      }),
      { maxLength: 12 },
    )
    .map((rows) => {
      let at = -200;
      return rows.map((row, index) => {
        at += row.gap;
        return release(index + 1, row.image, at, row.status);
      });
    });
  const running = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 3 });
  const input = fc
    .record({ releases: history, running, detected: fc.integer({ min: -220, max: 120 }), bad: running })
    .map(({ releases, running: images, detected, bad }): PickInput & { readonly runs: readonly string[] } => ({
      releases,
      status: status(...images.map((image, index) => machine(`m${index}`, image))),
      detectedAt: minute(detected),
      badInThisIncident: bad.map(imageOf),
      runs: images.map(imageOf),
    }));

  it('never proposes a running image, an incomplete release, one without image or one tried in the incident', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { proposed } = proposeRelease(given);
        if (proposed === null) return;
        expect(proposed.status).toBe('complete');
        expect(proposed.imageRef).not.toBe('');
        expect(given.runs).not.toContain(proposed.imageRef);
        expect(given.badInThisIncident).not.toContain(proposed.imageRef);
      }),
    );
  });

  it('never proposes an image that served at any minute since detection', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { proposed } = proposeRelease(given);
        if (proposed === null) return;
        // Another algorithm for comparison: records for each minute what was in service.
        for (let now = given.detectedAt; now <= minute(250); now += 60_000) {
          const serving = given.releases.findLast(
            (other) => other.createdAt <= now && other.status === 'complete' && other.imageRef !== '',
          );
          expect(serving?.imageRef).not.toBe(proposed.imageRef);
        }
      }),
    );
  });

  it('proposes the newest of those it has no objection to, and gives every release one verdict', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { proposed, candidates } = proposeRelease(given);
        expect(candidates.map((candidate) => candidate.release.version)).toEqual(
          given.releases.map((each) => each.version).sort((a, b) => b - a),
        );
        const usable = candidates.filter((candidate) => candidate.verdict !== 'bad');
        expect(usable[0]?.release ?? null).toBe(proposed);
        expect(usable.slice(1).every((candidate) => candidate.verdict === 'possible')).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(input, (given) => {
        const turned = { ...given, releases: [...given.releases].reverse() };
        expect(proposeRelease(turned)).toEqual(proposeRelease(given));
      }),
    );
  });
});
