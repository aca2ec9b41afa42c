import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { APP, code, deployArgs, drill, type Ran } from './drill.ts';

const explained = (ran: Ran) => explainFailure(ran.exit, ran.stdout, ran.stderr)?.code;

describe('fly deploy', () => {
  it('prints each line to the stream it belongs to', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const image = imageOfRelease(9);
    const ran = await run('fly', deployArgs(image), { effect: 'change' });
    expect(ran.exit).toEqual(code(0));
    expect(ran.stderr).toBe(
      [
        '==> Verifying app config',
        '--> Verified app config',
        '==> Building image',
        `Searching for image '${image}' remotely...`,
        'image found: img_z1nr0lpj7x6p5ywv',
        '',
      ].join('\n'),
    );
    expect(ran.stdout).toBe(
      [
        'Validating --config path unset--',
        '\u001b[32m✓\u001b[0m Configuration is valid',
        '',
        'Watch your deployment at https://fly.io/apps/hotdash-agent-service/monitoring',
        '',
        '\u001b[2mINFO\u001b[0m Using wait timeout: 3m0s lease timeout: 13s delay between lease refreshes: 4s',
        '',
        "Updating existing machines in 'hotdash-agent-service' with rolling strategy",
        ...[
          ['1', '3d8d9014c56e89'],
          ['2', 'e784e903b12345'],
        ].flatMap(([place, id]) => [
          `> [${place}/2] Updating ${id} [app]`,
          `> [${place}/2] Updating ${id} [app]`,
          `> [${place}/2] Waiting for ${id} [app] to have state: started`,
          `> [${place}/2] Machine ${id} [app] has state: started`,
          `> [${place}/2] Checking that ${id} [app] is up and running`,
          `> [${place}/2] Waiting for ${id} [app] to become healthy: 1/1`,
          '',
          `✔ [${place}/2] Machine ${id} [app] update succeeded`,
        ]),
        '',
        'Visit your newly deployed app at https://hotdash-agent-service.fly.dev/',
        '',
        '',
      ].join('\n'),
    );
  });

  it('checks DNS and tells the release as JSON when asked to', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const image = imageOfRelease(9);
    const ran = await run('fly', ['deploy', ...APP, '-i', image], { env: { FLY_EMIT_RELEASE_JSON: '1' } });
    expect(
      ran.stderr.endsWith(
        'Checking DNS configuration for hotdash-agent-service.fly.dev\n✓ DNS configuration verified\n',
      ),
    ).toBe(true);
    expect(ran.stdout).toContain(
      `update succeeded\n{"id":"drill000000000011","version":11,"image_ref":"${image}"}\n\nVisit your newly deployed app`,
    );
  });

  it('shows 0/1 while the checks do not pass yet, and waits for them', async () => {
    const slow = (scenario: Scenario): Scenario => ({
      ...scenario,
      images: scenario.images.map((image) => ({ ...image, warmupMs: 30_000 })),
    });
    const { run, imageOfRelease } = await drill('app-rollback', slow);
    const ran = await run('fly', deployArgs(imageOfRelease(9)));
    expect(ran.stdout).toContain(
      'to become healthy: 0/1\n\n> [1/2] Waiting for 3d8d9014c56e89 [app] to become healthy: 1/1\n\n✔',
    );
  });

  it('with a configuration file in its folder uses that one, and takes the app from it', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'rollbook-config-'));
    try {
      writeFileSync(join(cwd, 'fly.toml'), "# mine\napp = 'hotdash-agent-service'\n");
      const { run, imageOfRelease } = await drill('app-rollback');
      const ran = await run('fly', ['deploy', '-i', imageOfRelease(9)], { cwd });
      expect(ran.exit).toEqual(code(0));
      expect(ran.stdout).toContain(`Validating ${join(cwd, 'fly.toml')}\n`);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('with --strategy immediate updates all and waits for none', async () => {
    const { run, imageOfRelease, cloud } = await drill('app-rollback');
    const ran = await run('fly', deployArgs(imageOfRelease(9), '--strategy', 'immediate'));
    expect(ran.stdout).toContain(
      '✔ [2/2] Machine e784e903b12345 [app] update succeeded\n✔ [1/2] Machine 3d8d9014c56e89 [app] update succeeded\n\nVisit',
    );
    expect(cloud.read().machines.map((machine) => machine.release)).toEqual([11, 11]);
  });

  it('makes no release when the image is gone or its name is not whole', async () => {
    const gone = await drill('image-gone');
    const ran = await gone.run('fly', deployArgs(gone.imageOfRelease(9)));
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toMatch(
      /\nError: failed to fetch an image or build from source: failed to run query .*: Could not find image "registry\.fly\.io\/hotdash-agent-service:deployment-01K7EQGZ5T3WJ8R4P2Y6S0KHVA"\n$/,
    );
    expect(explained(ran)).toBe('image-gone');
    const unqualified = await gone.run('fly', deployArgs('hotdash-agent-service:v9'));
    expect(unqualified.stderr).toContain('Could not find image "docker.io/hotdash-agent-service:v9"\n');
    expect(gone.cloud.read().releases.map((release) => release.version)).toEqual([6, 7, 8, 9, 10]);
  });

  it.each([
    [
      'never-starts',
      "Error: timeout reached waiting for machine's state to change\nYour machine was created, but never started",
      'never-started',
    ],
    ['crashes', 'Error: smoke checks for 3d8d9014c56e89 failed: the app appears to be crashing\n', 'crash-loop'],
  ] as const)('fails when the image %s, and leaves mixed versions', async (start, text, expected) => {
    const { run, imageOfRelease, cloud } = await drill('app-rollback', (scenario) => ({
      ...scenario,
      images: scenario.images.map((image, at) => (at === 1 ? { ...image, start } : image)),
    }));
    const ran = await run('fly', deployArgs(imageOfRelease(9)));
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toContain(text);
    expect(explained(ran)).toBe(expected);
    expect(cloud.read().machines.map((machine) => machine.release)).toEqual([11, 10]);
    expect(cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'failed' });
  });

  it('fails when the checks never pass', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const ran = await run('fly', deployArgs(imageOfRelease(10)));
    expect(ran.stderr).toContain(
      'Error: timeout reached waiting for health checks to pass for machine 3d8d9014c56e89: ',
    );
    expect(explained(ran)).toBe('health-timeout');
    expect(ran.stdout).toContain('✖ [1/2] Machine 3d8d9014c56e89 [app] update failed: timeout reached');
  });

  it('waits a minute while another deploy holds the machines, then gives up and names it', async () => {
    const { run, imageOfRelease, cloud, adapter, scenario } = await drill('lease-held');
    const ran = await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toContain(
      'Error: failed to get lease on VM 3d8d9014c56e89: machine ID 3d8d9014c56e89 lease currently held by ben@hotdash.example, expires at 2025-10-13T11:06:00Z',
    );
    expect(explained(ran)).toBe('lease-held');
    expect(adapter.clock.now() - scenario.startAt).toBeGreaterThan(60_000);
    expect(cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'failed' });
  });

  it('goes on when the other deploy ends within that minute', async () => {
    const { start, run, imageOfRelease, cloud } = await drill('app-rollback');
    const first = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    expect((await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change' })).exit).toEqual(code(0));
    expect(await first.exited).toEqual(code(0));
    expect(cloud.read().machines.map((machine) => machine.release)).toEqual([12, 12]);
  });

  it('keeps its leases for as long as it runs', async () => {
    const { start, run, adapter, imageOfRelease } = await drill('app-rollback', (scenario) => ({
      ...scenario,
      images: scenario.images.map((image) => ({ ...image, warmupMs: 150_000 })),
    }));
    const first = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    // Longer than one lease lasts.
    await adapter.clock.sleep(20_000);
    expect(explained(await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change' }))).toBe('lease-held');
    expect(await first.exited).toEqual(code(0));
  });

  it('says nothing when Fly puts the old version back, and ends with 0', async () => {
    const { run, imageOfRelease, cloud } = await drill('deploy-reverted');
    const ran = await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    expect(ran.exit).toEqual(code(0));
    expect(ran.stdout.match(/update succeeded/g)).toHaveLength(2);
    expect(cloud.read().machines.map(({ imageRef }) => imageRef)).toEqual([imageOfRelease(10), imageOfRelease(10)]);
    expect(cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'complete' });
  });

  it('fails for an app that is not there', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const ran = await run('fly', ['deploy', '-a', 'nope', '--image', imageOfRelease(9)]);
    expect(ran.stderr).toBe(
      '==> Verifying app config\nError: error listing active machines for nope app: failed to list VMs: app not found (Request ID: 01DR1LLREQUEST000000000000-iad) (Trace ID: 00000000000000000000000000d21110)\n',
    );
    expect(explained(ran)).toBe('app-not-found');
  });
});
