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

  /** Not recorded: other commands, other answers of the service, other versions of flyctl. Kinds count, not sentences. */
  it.each([
    ['Error: failed to list volumes: unauthorized (Request ID: 01K7-fra)', 'login-expired'],
    ['Error: failed to get machines: server returned a non-200 status code: 403', 'login-expired'],
    ['Error: Not logged in. Run flyctl auth login', 'login-expired'],
    ['Error: your access token has expired, please log in again', 'login-expired'],
    ['Error: failed to get volume: app shop-api not found', 'app-not-found'],
    ['Error: failed to list machines: no such app', 'app-not-found'],
    ['Error: app name must be specified, no app specified with -a', 'app-not-named'],
    ['Error: failed to update machine e78: Unrecoverable error: image registry.fly.io/x:y was not found', 'image-gone'],
    ['Error: failed to fetch an image: MANIFEST_UNKNOWN: manifest unknown; map[Tag:deployment-x]', 'image-gone'],
    ['Error: timed out waiting for health checks on machine e78: 1/2', 'health-timeout'],
    ['Error: machine e78 failed to become healthy after 5m0s', 'health-timeout'],
    ['Error: timed out waiting for machine e78 to reach started state', 'never-started'],
    ['Error: failed to wait for VM e78 in started state: deadline_exceeded: machine failed', 'never-started'],
    ['Error: smoke check for e78 failed: the machine reached its max restart count of 10', 'crash-loop'],
    ['Error: smoke checks for e78 failed: the app was OOM-killed', 'out-of-memory'],
    ['Error: error running release_command machine: exit status 1', 'release-command-failed'],
    ['Error: unable to acquire leases for e78: 409 conflict', 'lease-held'],
    ['Error: failed to refresh lease for machine e78: lease mismatch', 'lease-held'],
    ['Error: failed to list VMs: HTTP 429', 'rate-limited'],
    ['Error: failed to create release (status 502): bad gateway', 'fly-errors'],
    ['Error: 500 Internal Server Error', 'fly-errors'],
    ['Error: Post "https://api.fly.io/graphql": context deadline exceeded (Client.Timeout exceeded)', 'no-network'],
    ['Error: error creating a new machine: failed to launch VM: EOF', 'no-network'],
    ['Error: Get "https://api.machines.dev/v1/apps/x": read: connection reset by peer', 'no-network'],
    ['Error: Get "https://api.fly.io": tls: failed to verify certificate: self-signed certificate', 'certificate'],
    ['Error: failed to get VM e78: invalid machine ID, "e78"', 'machine-not-found'],
    ['Error: no machines specified', 'machine-not-named'],
    ['Error: failed to launch VM: insufficient resources available to fulfill request', 'no-capacity'],
    ['Error: failed to update VM e78: could not reserve resource for machine: insufficient memory', 'no-capacity'],
    ['Error: failed to update machine e78: internal: could not update', 'update-refused'],
    ['Error: requires at least 1 arg(s), only received 0', 'bad-arguments'],
    ['Error: required flag(s) "image" not set', 'bad-arguments'],
    ['Error: if any flags in the group [json quiet] are set none of the others can be', 'bad-arguments'],
    ['Error: invalid argument "x" for "--wait-timeout" flag: time: invalid duration', 'bad-arguments'],
    ['Error: stdin is not a terminal', 'needs-terminal'],
  ])('in words not recorded: %s', (stderr, code) => {
    expect(failed(stderr)).toBe(code);
  });

  /** What comes behind `failed to get lease`, `failed to update VM` or the query is the cause. */
  it.each([
    [
      'failed to get lease on VM e78: Post "https://api.machines.dev": dial tcp: connect: no route to host',
      'no-network',
    ],
    ['failed to get lease on VM e78: request returned non-2xx status: 503: service unavailable', 'fly-errors'],
    ['failed to get lease on VM e78: machine not found (Request ID: 01K7-fra)', 'machine-not-found'],
    ['failed to stop VM e78: machine ID e78 lease currently held by bo@example.com', 'lease-held'],
    [
      'failed to wait for VM e78 in stopped state: Get "https://api.machines.dev/v1/x": context deadline exceeded',
      'never-stopped',
    ],
    ['failed to start VM e78: aborted: unable to start machine from current state: replacing', 'machine-state'],
    ['failed to update VM e78: insufficient_capacity: no host', 'no-capacity'],
    ['failed to update VM e78: failed_precondition: unable to resolve image', 'image-gone'],
    ['failed to update VM e78: failed to pull image registry.fly.io/x:y', 'image-gone'],
    ['failed to update VM e78: the organization is suspended', 'account-blocked'],
    ['failed to list VMs: unauthenticated', 'login-expired'],
    ['failed to list VMs: no verified tokens; token 1f2: verify: macaroon', 'login-expired'],
    ["failed to run query { viewer }: invalid character '<' looking for beginning of value", 'other-answer'],
    ['failed to run query { viewer }: http: server gave HTTP response to HTTPS client', 'other-answer'],
    ['failed to run query { viewer }: read tcp 10.0.0.2:1->1.2.3.4:443: read: operation timed out', 'no-network'],
    ['failed to run query { viewer }: http2: server sent GOAWAY and closed the connection', 'no-network'],
    ['failed to run query { viewer }: net/http: request canceled', 'no-network'],
    ['failed to run query { viewer }: stream error: stream ID 3; INTERNAL_ERROR; received from peer', 'no-network'],
    ['could not get all green machines into started state: wait timeout', 'never-started'],
    ['could not get all green machines to be healthy: wait timeout', 'health-timeout'],
    ["unsupported deployment strategy: 'fast'", 'bad-arguments'],
    ['requires at least one SECRET=VALUE pair', 'bad-arguments'],
    ['No machines are available on this app shop-api', 'no-machines'],
    ['failed to fetch an image or build from source: error building: failed to solve: exit code: 1', 'build-failed'],
    ['failed to fetch an image or build from source: error connecting to docker', 'build-failed'],
    ['We need your payment information to continue! Add a credit card', 'account-blocked'],
    ['yes flag must be specified when not running interactively', 'needs-terminal'],
  ])('is explained by its cause: %s', (message, code) => {
    expect(failed(`Error: ${message}`)).toBe(code);
  });

  it('names the state that a machine is in, and a proxy that is not there', () => {
    const sentence = (text: string) => explainFailure({ kind: 'code', code: 1 }, '', text)?.sentence;
    expect(sentence("Error: unable to start machine from current state: 'destroyed'")).toContain('is destroyed');
    expect(sentence('Error: proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused')).toContain('proxy');
  });

  it('has crashed when it ends in the middle of itself', () => {
    expect(failed('panic: runtime error: invalid memory address\n\ngoroutine 1 [running]:\n', '', 2)).toBe(
      'fly-crashed',
    );
  });

  it.each(['Error: open /home/ann/fly.toml: permission denied', 'Error: 3 machines found, 2 of them newer'])(
    'guesses nothing from %s',
    (stderr) => {
      expect(failed(stderr)).toBeUndefined();
    },
  );

  it('was interrupted when it says nothing and ends with 127, or by a signal', () => {
    expect(failed('', 'Updating existing machines', 127)).toBe('interrupted');
    expect(explainFailure({ kind: 'signal', signal: 'SIGKILL' }, '', '')?.code).toBe('interrupted');
    expect(failed("Error: Cannot find module 'x': not found", '', 127)).toBe('interrupted');
  });

  it.each([
    'sh: fly: not found',
    'bash: line 1: fly: command not found',
    'zsh:1: command not found: flyctl',
    "env: 'fly': No such file or directory",
  ])('was not started when a shell says so: %s', (stderr) => {
    expect(failed(stderr, '', 127)).toBeUndefined();
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
