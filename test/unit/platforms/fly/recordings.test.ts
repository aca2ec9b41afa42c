/** What the real flyctl v0.4.87 printed (test/fixtures/flyctl, with its provenance) is read and explained. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtRelease, deployProgress } from '#shared/platforms/fly/deploy-progress.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseMachineList, parseStatus } from '#shared/platforms/fly/status.ts';
import type { FlyFailureCode } from '#shared/platforms/fly/error-signatures.ts';
import { explainFailure } from '#shared/platforms/fly/errors.ts';

const FOLDER = new URL('../../../fixtures/flyctl/', import.meta.url);

interface Recording {
  readonly name: string;
  readonly argv: readonly string[];
  readonly exitCode?: number | null;
  readonly endedBySignal?: string;
  readonly stdout: string;
  readonly stderr: string;
}

const RECORDINGS: readonly Recording[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && !file.startsWith('tty-'))
  .map((file) => ({
    ...(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Omit<Recording, 'name'>),
    name: file.slice(0, -'.json'.length),
  }));

/** The first row that fits the name of a recording. */
const MEANS: readonly (readonly [RegExp, FlyFailureCode])[] = [
  [/sig(?:int|kill|term)|^logs-no-tail-empty$/, 'interrupted'],
  [/^app-not-found/, 'app-not-found'],
  [/^auth-login-no-terminal/, 'needs-terminal'],
  [/^login-|^token-rejected|^secrets-set-refused/, 'login-expired'],
  [/crash-loop/, 'crash-loop'],
  [/health-fails/, 'health-timeout'],
  [/image-(?:gone|unqualified)/, 'image-gone'],
  [/lease-held/, 'lease-held'],
  [/never-starts/, 'never-started'],
  [/no-source|folder-missing/, 'nothing-to-build'],
  [/graphql-50|patch-running-fails/, 'fly-errors'],
  [/update-refused/, 'update-refused'],
  [/^machine-stop-unknown/, 'machine-not-found'],
  [/^machine-(?:leases-view|stop-none-named)/, 'machine-not-named'],
  [/^no-app-named/, 'app-not-named'],
  [/^no-network|^refused/, 'no-network'],
  [/^releases-rollback|^unknown-/, 'unknown-command'],
  [/^flag-needs-value|bad-wait-timeout|two-folders|^secrets-set-no-value|^status-watch-json/, 'bad-arguments'],
];

const failed = RECORDINGS.filter(({ exitCode }) => exitCode !== 0);

describe('a recorded failure of flyctl', () => {
  it('is among enough recordings', () => {
    expect(RECORDINGS.length).toBeGreaterThan(150);
    expect(failed.length).toBeGreaterThan(70);
  });

  it.each(failed.map((recording) => [recording.name, recording] as const))('%s', (name, recording) => {
    const { exitCode, endedBySignal, stdout, stderr } = recording;
    const exit =
      endedBySignal === undefined || typeof exitCode === 'number'
        ? ({ kind: 'code', code: exitCode ?? 1 } as const)
        : ({ kind: 'signal', signal: endedBySignal } as const);
    const expected = MEANS.find(([pattern]) => pattern.test(name))?.[1];
    expect(expected, 'no row for this recording').toBeDefined();
    expect(explainFailure(exit, stdout, stderr)?.code).toBe(expected);
  });

  it('names who holds a lease, and until when', () => {
    const held = RECORDINGS.find(({ name }) => name === 'deploy-lease-held');
    const explained = explainFailure({ kind: 'code', code: 1 }, held?.stdout ?? '', held?.stderr ?? '');
    expect(explained?.sentence).toContain('bo@example.com holds a machine until 2026-11-29T04:25:40Z');
  });

  it('says of "unauthorized" that the app may be of another organization', () => {
    const refused = RECORDINGS.find(({ name }) => name === 'token-rejected-secrets-list-json');
    const explained = explainFailure({ kind: 'code', code: 1 }, '', refused?.stderr ?? '');
    expect(explained?.sentence).toContain('another organization');
  });
});

describe('a recorded success of flyctl', () => {
  it.each(RECORDINGS.filter(({ exitCode }) => exitCode === 0).map((one) => [one.name, one] as const))(
    '%s is no failure',
    (_name, { stdout, stderr }) => {
      expect(explainFailure({ kind: 'code', code: 0 }, stdout, stderr)).toBeNull();
    },
  );
});

describe('the recorded progress of a deploy', () => {
  const lastOf = (name: string) =>
    deployProgress(RECORDINGS.find((each) => each.name === name)?.stdout.split('\n') ?? []);

  it.each([
    ['deploy-success', 2, 'Machine d8e2f41a90b378 [app] update succeeded'],
    ['retries-deploy-success', 2, 'Machine 5683d4e1c02b9e is now in a good state'],
    ['deploy-crash-loop', 1, expect.stringContaining('update failed: smoke checks')],
    ['retries-deploy-health-fails-second-machine', 1, expect.stringContaining('Unrecoverable error: timeout')],
    ['deploy-sigint-second-machine', 2, expect.stringContaining('update canceled')],
  ])('%s ends at machine %i', (name, machine, doing: unknown) => {
    expect(lastOf(name)).toEqual({ machine, of: 2, doing });
  });

  it('has the release that a build made', () => {
    const { stdout = '' } = RECORDINGS.find(({ name }) => name === 'deploy-emit-release-json') ?? {};
    expect(builtRelease(stdout)).toEqual({
      version: 11,
      image: 'registry.fly.io/shop-api:deployment-01K7B2SHOPAPI0000000000002',
    });
  });
});

describe('recorded JSON', () => {
  const outputs = (pattern: RegExp) =>
    RECORDINGS.filter(({ name, exitCode }) => exitCode === 0 && pattern.test(name)).map(
      (one) => [one.name, one.stdout] as const,
    );
  const NOTICE = 'Update available 0.4.87 -> v0.4.99.\n[notice] Run "fly version update" to upgrade.\n';

  it.each(outputs(/^releases-json/))('%s is read, also behind a notice', (_name, stdout) => {
    const releases = parseReleases(stdout);
    expect(releases.length).toBeGreaterThan(1);
    expect(parseReleases(`${NOTICE}${stdout}`)).toEqual(releases);
  });

  it.each(outputs(/^status-json/))('%s is read, also between other lines', (_name, stdout) => {
    const status = parseStatus(stdout);
    expect(status.app).toBe('shop-api');
    expect(parseStatus(`${NOTICE}${stdout}\nWARN metrics could not be sent\n`)).toEqual(status);
  });

  it.each(outputs(/^machine-list-json/))('%s is read', (_name, stdout) => {
    expect(parseMachineList(stdout).length).toBeGreaterThan(0);
  });
});
