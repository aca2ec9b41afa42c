import { describe, expect, it } from 'vitest';
import { deployProgress } from '#shared/platforms/fly/deploy-progress.ts';

const ONE = '> [1/2] Updating e784e903b12345 [app]';

describe('the progress of a deploy', () => {
  it('is the newest line that says which machine of how many', () => {
    expect(deployProgress([])).toBeNull();
    expect(deployProgress(['==> Building image', 'Watch your deployment at https://fly.io/apps/x'])).toBeNull();
    expect(deployProgress([ONE])).toEqual({ machine: 1, of: 2, doing: 'Updating e784e903b12345 [app]' });
    expect(
      deployProgress([ONE, '✔ [1/2] Machine e784e903b12345 [app] update succeeded', '> [2/2] Updating 3d8d [app]', '']),
    ).toEqual({ machine: 2, of: 2, doing: 'Updating 3d8d [app]' });
  });

  it('reads any glyph, padded numbers, colours, and skips lines that are not there yet', () => {
    expect(deployProgress([ONE, undefined])?.machine).toBe(1);
    expect(deployProgress(['\u001B[32m✖\u001B[0m [03/12] Failed: smoke checks for 3d8d failed'])).toMatchObject({
      machine: 3,
      of: 12,
      doing: 'Failed: smoke checks for 3d8d failed',
    });
    expect(deployProgress(['  [2/3] Waiting for 3d8d [app] to have state: started'])?.of).toBe(3);
  });

  it('makes nothing of numbers that cannot be', () => {
    for (const line of ['> [3/2] Updating', '> [0/2] Updating x', '[1/2]', 'see [1/2] in the log'])
      expect(deployProgress([line])).toBeNull();
  });
});
