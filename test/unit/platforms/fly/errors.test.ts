import { describe, expect, it } from 'vitest';
import { explainFailure } from '#shared/platforms/fly/errors.ts';

const failed = (stderr: string, stdout = '', code = 1) => explainFailure({ kind: 'code', code }, stdout, stderr)?.code;

describe('a failed fly command', () => {
  it.each([
    ["Error: no access token available. Please login with 'flyctl auth login'", 'login-expired'],
    ['Error: 401 Unauthorized', 'login-expired'],
    ['Error: server returned a non-200 status code: 401', 'login-expired'],
    [
      'Error: failed retrieving app releases x: failed to run query($appName: String!) { ... }: Could not find App "x"',
      'app-not-found',
    ],
    [
      'Error: the app name x could not be found, did you create the app or misspell it in the fly.toml file or via -a?',
      'app-not-found',
    ],
    ['Error: 404 Not Found', 'app-not-found'],
    [
      'Error: the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag',
      'app-not-named',
    ],
    ['Error: failed to fetch an image or build from source: Could not find image "registry.fly.io/x:y"', 'image-gone'],
    ['Error: failed to create release (status 404): Could not find image registry.fly.io/x:y', 'image-gone'],
    ['Error: timeout reached waiting for health checks to pass for machine e78: failed to get VM', 'health-timeout'],
    ['Error: timeout reached waiting for healthchecks to pass for machine e78', 'health-timeout'],
    ["Error: timeout reached waiting for machine's state to change", 'never-started'],
    [
      'Error: smoke checks for e78 failed: the app appears to be crashing\n  401 Unauthorized from upstream',
      'crash-loop',
    ],
    [
      'Error: release command failed - aborting deployment. machine e78 exited with non-zero status of 1',
      'release-command-failed',
    ],
    ['Error: failed to get lease on VM e78: 409', 'lease-held'],
    ['Error: did not acquire lease for machine e78 status: error', 'lease-held'],
    ['Error: Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host', 'no-network'],
    ['Error: unknown command "rollback" for "fly releases"', 'unknown-command'],
    ['Error: unknown flag: --region', 'unknown-command'],
    ['Error: prompt: non interactive', 'needs-terminal'],
  ])('%s', (stderr, code) => {
    expect(failed(stderr)).toBe(code);
    expect(failed(stderr.replace('Error:', '\u001b[31mError:\u001b[0m'))).toBe(code);
  });

  it('was interrupted when it says nothing and ends with 127, or by a signal', () => {
    expect(failed('', 'Updating existing machines', 127)).toBe('interrupted');
    expect(explainFailure({ kind: 'signal', signal: 'SIGKILL' }, '', '')?.code).toBe('interrupted');
    expect(failed('sh: fly: not found', '', 127)).toBeUndefined();
  });

  it('is not explained by the words of a log it was printing', () => {
    expect(
      explainFailure({ kind: 'timeout', afterMs: 30_000 }, 'app[e78] connection refused, unauthorized', ''),
    ).toBeNull();
    expect(failed('', 'Error: 401 Unauthorized')).toBe('login-expired');
  });

  it('has no explanation when it succeeded or nobody knows', () => {
    expect(explainFailure({ kind: 'code', code: 0 }, '', 'Error: unknown command')).toBeNull();
    expect(failed('Error: something new')).toBeUndefined();
    expect(explainFailure({ kind: 'lost' }, '', '')).toBeNull();
  });
});
