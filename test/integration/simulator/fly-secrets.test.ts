import { describe, expect, it } from 'vitest';
import { proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import { APP, code, type Drill, drill } from './drill.ts';

const set = ['secrets', 'set', 'MAINTENANCE_MODE=true', ...APP];
const unset = ['secrets', 'unset', 'MAINTENANCE_MODE', ...APP];
const page = async ({ adapter, scenario }: Drill) => {
  const answer = await adapter.http.get(scenario.service.page?.url ?? '', 5_000);
  return answer.kind === 'answer' ? `${answer.status} ${answer.body}` : answer.reason;
};

describe('fly secrets', () => {
  it('set restarts every machine and makes a release with the image that runs; list shows a digest, never the value', async () => {
    const played = await drill('maintenance-mode');
    const before = played.cloud.read();
    const { exit, stdout } = await played.run('fly', set, { effect: 'change' });
    expect(exit).toEqual(code(0));
    expect(stdout).toContain('Machine e784e903b12345 [app] update succeeded');
    const after = played.cloud.read();
    expect(after.releases.at(-1)).toMatchObject({
      version: 11,
      status: 'complete',
      imageRef: before.releases.at(-1)?.imageRef,
    });
    expect(after.machines.every(({ release }) => release === 11)).toBe(true);
    const listed = await played.run('fly', ['secrets', 'list', ...APP, '--json']);
    expect(JSON.parse(listed.stdout)).toContainEqual({
      name: 'MAINTENANCE_MODE',
      digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      status: 'Deployed',
    });
    expect(listed.stdout).not.toContain('true');
  });

  it('the page follows, unless the application takes no notice', async () => {
    const played = await drill('maintenance-mode');
    expect(await page(played)).toContain('200');
    await played.run('fly', set, { effect: 'change' });
    expect(await page(played)).toMatch(/503 .*Maintenance in progress/s);
    await played.run('fly', unset, { effect: 'change' });
    expect(await page(played)).toMatch(/200 .*Approvals/s);
    const deaf = await drill('maintenance-not-shown');
    await deaf.run('fly', set, { effect: 'change' });
    expect(await page(deaf)).toContain('Approvals');
  });

  it('afterwards "the one before" is the broken image, and is not proposed', async () => {
    const { run, scenario, cloud } = await drill('app-rollback', (same) => ({
      ...same,
      // Its check passes, or setting a secret would wait for it in vain.
      images: same.images.map((image) => ({ ...image, check: { ...image.check, status: 'passing' as const } })),
    }));
    await run('fly', set, { effect: 'change' });
    const [newest, second] = [...cloud.read().releases].sort((a, b) => b.version - a.version);
    expect(newest?.imageRef).toBe(second?.imageRef);
    const { proposed, candidates } = proposeRelease({
      releases: parseReleases((await run('fly', ['releases', ...APP, '--json'])).stdout),
      status: parseStatus((await run('fly', ['status', ...APP, '--json'])).stdout),
      detectedAt: scenario.detectedAt,
      badInThisIncident: [],
    });
    expect(proposed?.version).toBe(9);
    expect(candidates.find(({ release }) => release.version === 10)?.verdict).toBe('bad');
  });

  it('refuses what is no pair, nothing at all, and an app that is not there', async () => {
    const { run } = await drill('maintenance-mode');
    expect(await run('fly', ['secrets', 'set', 'MAINTENANCE_MODE', ...APP])).toMatchObject({ exit: code(1) });
    expect(await run('fly', ['secrets', 'unset', ...APP])).toMatchObject({ exit: code(1) });
    expect(await run('fly', ['secrets', 'set', 'A=b', '-a', 'nobody'])).toMatchObject({ exit: code(1) });
    expect((await run('fly', ['secrets', 'unset', 'NEVER_SET', ...APP])).exit).toEqual(code(0));
  });
});
