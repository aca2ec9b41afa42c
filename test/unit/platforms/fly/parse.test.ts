import { describe, expect, it } from 'vitest';
import { isSurelyImage, mayBeSameImage, parseImage } from '#shared/platforms/fly/image.ts';
import { parseReleases, releasesFingerprint } from '#shared/platforms/fly/releases.ts';
import { parseStatus, runningImages } from '#shared/platforms/fly/status.ts';
import { RollbookError } from '#shared/api/result.ts';
import { digestOf, imageOf, machine, release, status } from './fly-samples.ts';

const printed = {
  ID: '6k8n1ZpVQ3mJjHzYx2',
  Version: 10,
  Stable: false,
  InProgress: false,
  Reason: '',
  Description: 'Release',
  Status: 'complete',
  DeploymentStrategy: '',
  Metadata: null,
  User: { ID: 'u_1', Name: 'Ann', Email: 'ann@example.com', EnablePaidHobby: false },
  EvaluationID: '',
  CreatedAt: '2025-10-13T10:30:00Z',
  ImageRef: imageOf('C'),
};

function refusal(run: () => unknown): RollbookError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof RollbookError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('fly releases --json', () => {
  it('is read newest first', () => {
    const older = { ...printed, Version: 9, User: { Name: 'Bob', Email: '' }, ImageRef: imageOf('B') };
    expect(parseReleases(JSON.stringify([older, printed]))).toEqual([
      {
        version: 10,
        status: 'complete',
        imageRef: imageOf('C'),
        description: 'Release',
        reason: '',
        createdAt: Date.UTC(2025, 9, 13, 10, 30),
        user: 'ann@example.com',
      },
      expect.objectContaining({ version: 9, user: 'Bob', imageRef: imageOf('B') }),
    ]);
  });

  it('may be an empty list or null, and may have fields nobody knows', () => {
    expect(parseReleases('[]\n')).toEqual([]);
    expect(parseReleases('null\n')).toEqual([]);
    expect(parseReleases(JSON.stringify([{ ...printed, New: 1, ImageRef: null, User: null }]))).toMatchObject([
      { imageRef: '', user: '' },
    ]);
  });

  it.each([
    ['', 'did not print JSON; it printed nothing'],
    ['Error: no access token available', 'it printed "Error: no access token'],
    ['{}', 'at the top level'],
    [JSON.stringify([printed, { ...printed, Version: 'v9' }]), 'at 1.Version'],
    [JSON.stringify([{ ...printed, CreatedAt: 'yesterday' }]), 'at 0.CreatedAt, not a date and time'],
  ])('is refused with what and where: %s', (text, part) => {
    const error = refusal(() => parseReleases(text));
    expect(error.code).toBe('unexpected-output');
    expect(error.message).toContain('`fly releases --json`');
    expect(error.message).toContain(part);
    expect(error.advice).toContain('in a terminal');
  });
});

describe('the fingerprint of a release list', () => {
  const list = [release(9, 'B', -30), release(10, 'C', 0)];
  it('stays when only the order or the reading changes', () => {
    expect(releasesFingerprint([...list].reverse())).toBe(releasesFingerprint(list));
  });
  it.each([
    ['a new release', [...list, release(11, 'B', 1)]],
    ['another status', [release(9, 'B', -30), release(10, 'C', 0, 'failed')]],
    ['another image', [release(9, 'B', -30), release(10, 'D', 0)]],
    ['a release less', list.slice(1)],
  ])('changes with %s', (_what, changed) => {
    expect(releasesFingerprint(changed)).not.toBe(releasesFingerprint(list));
  });
});

describe('fly status --json', () => {
  const printedMachine = {
    id: 'e784e903b12345',
    state: 'started',
    region: 'iad',
    image_ref: { registry: 'registry.fly.io', repository: 'app', tag: 'deployment-C', digest: 'sha256:c', labels: {} },
    config: {
      image: 'registry.fly.io/app:deployment-C',
      metadata: { fly_process_group: 'worker', fly_release_version: '10', fly_platform_version: 'v2' },
    },
    checks: [{ name: 'alive', status: 'critical', output: 'refused', updated_at: '2025-10-13T10:31:05Z' }],
  };
  const printedStatus = {
    Name: 'app',
    Hostname: 'app.fly.dev',
    Version: 10,
    Status: 'deployed',
    Machines: [printedMachine],
  };

  it('is read machine by machine', () => {
    expect(parseStatus(JSON.stringify(printedStatus))).toEqual({
      app: 'app',
      hostname: 'app.fly.dev',
      version: 10,
      machines: [
        {
          id: 'e784e903b12345',
          state: 'started',
          region: 'iad',
          group: 'worker',
          imageRef: 'registry.fly.io/app:deployment-C',
          digest: 'sha256:c',
          configImage: 'registry.fly.io/app:deployment-C',
          releaseVersion: 10,
          checks: [{ name: 'alive', status: 'critical', output: 'refused' }],
        },
      ],
    });
  });

  it('may have no machines, and machines without metadata or checks', () => {
    expect(parseStatus(JSON.stringify({ ...printedStatus, Machines: null })).machines).toEqual([]);
    const bare = { id: 'm', state: 'stopped', checks: null, config: null, image_ref: { tag: '', digest: '' } };
    expect(parseStatus(JSON.stringify({ Name: 'app', Machines: [bare] })).machines).toEqual([
      expect.objectContaining({ group: 'app', imageRef: '', digest: null, releaseVersion: null, checks: [] }),
    ]);
  });

  it('is refused when it is of another shape', () => {
    expect(refusal(() => parseStatus('[]')).code).toBe('unexpected-output');
    const error = refusal(() => parseStatus(JSON.stringify({ ...printedStatus, Machines: [{ id: 1, state: 'x' }] })));
    expect(error.message).toContain('at Machines.0.id');
  });

  it('gives each running image once', () => {
    const seen = status(
      machine('m1', 'C'),
      machine('m2', 'C'),
      machine('m3', 'B', { releaseVersion: 9 }),
      machine('m4', 'A', { state: 'stopped' }),
    );
    expect(runningImages(seen)).toEqual([
      { version: 10, image: imageOf('C'), digest: digestOf('C') },
      { version: 9, image: imageOf('B'), digest: digestOf('B') },
    ]);
  });
});

describe('an image', () => {
  it('has a name, a digest or both', () => {
    expect(parseImage('registry.fly.io/app:v1@sha256:a')).toEqual({
      ref: 'registry.fly.io/app:v1',
      digest: 'sha256:a',
    });
    expect(parseImage(' localhost:5000/app@sha256:a ')).toEqual({ ref: '', digest: 'sha256:a' });
  });
  it('is never the same as an unknown one', () => {
    const unknown = { ref: '', digest: null };
    expect(mayBeSameImage(unknown, unknown)).toBe(false);
    expect(isSurelyImage(unknown, unknown)).toBe(false);
  });
});
