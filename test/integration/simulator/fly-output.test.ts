import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { explainFailure } from '#shared/fly/errors.ts';
import { parseReleases } from '#shared/fly/releases.ts';
import { parseStatus } from '#shared/fly/status.ts';
import { APP, code, deployArgs, drill, type Ran } from './drill.ts';

const explained = (ran: Ran) => explainFailure(ran.exit, ran.stdout, ran.stderr)?.code;
const expired = (scenario: Scenario): Scenario => ({ ...scenario, login: { ...scenario.login, state: 'expired' } });

describe('fly releases', () => {
  it('prints JSON with four spaces, Go names and a newline at the end', async () => {
    const { run } = await drill('app-rollback', (scenario) => ({ ...scenario, releases: scenario.releases.slice(-1) }));
    expect(await run('fly', ['releases', ...APP, '--json'])).toEqual({
      exit: code(0),
      stderr: '',
      stdout: `[
    {
        "ID": "6k8n1ZpVQ3mJjHzY10",
        "Version": 10,
        "Stable": false,
        "InProgress": false,
        "Reason": "",
        "Description": "Release",
        "Status": "complete",
        "DeploymentStrategy": "",
        "Metadata": null,
        "User": {
            "ID": "u_9zq1",
            "Name": "Ann Lee",
            "Email": "ann@hotdash.example",
            "EnablePaidHobby": false
        },
        "EvaluationID": "",
        "CreatedAt": "2025-10-13T10:30:00Z",
        "ImageRef": "registry.fly.io/hotdash-agent-service:deployment-01K7EVS39XN6D2F8G5Q7C4MZTB"
    }
]
`,
    });
  });

  it('gives the newest 25, newest first', async () => {
    const many = (scenario: Scenario): Scenario => {
      const [first] = scenario.releases;
      if (first === undefined) throw new Error('the scenario has no releases');
      return { ...scenario, releases: Array.from({ length: 40 }, (_, at) => ({ ...first, version: at + 1 })) };
    };
    const { run } = await drill('app-rollback', many);
    const { stdout } = await run('fly', ['releases', '-j', ...APP]);
    expect(parseReleases(stdout).map((release) => release.version)).toEqual(
      Array.from({ length: 25 }, (_, at) => 40 - at),
    );
    expect(stdout.indexOf('"Version": 40')).toBeLessThan(stdout.indexOf('"Version": 39'));
  });

  it('prints a table without images for people, and an empty list as []', async () => {
    const { run } = await drill('app-rollback', (scenario) => ({ ...scenario, releases: scenario.releases.slice(-2) }));
    const { stdout } = await run('fly', ['releases', ...APP]);
    expect(stdout).toBe(
      [
        ' VERSION │ STATUS   │ DESCRIPTION │ USER                │ DATE      ',
        ' v10     │ complete │ Release     │ ann@hotdash.example │ 6m0s ago  ',
        ' v9      │ complete │ Release     │ ann@hotdash.example │ 1h21m ago ',
        '',
        '',
      ].join('\n'),
    );
    expect((await run('fly', ['releases', ...APP, '--image'])).stdout).toContain('│ DOCKER IMAGE');
    const empty = await drill('app-rollback', (scenario) => ({ ...scenario, releases: [] }));
    expect((await empty.run('fly', ['releases', ...APP, '--json'])).stdout).toBe('[]\n');
  });

  it('fails for an app that is not there', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['releases', '-a', 'nope', '--json']);
    expect(ran).toEqual({
      exit: code(1),
      stdout: '',
      stderr:
        'Error: failed retrieving app releases nope: failed to run query($appName: String!, $limit: Int!) { app(name: $appName) ' +
        '{ releases: releasesUnprocessed(first: $limit) { nodes { id version description reason status imageRef stable ' +
        'user { id email name } createdAt } } } }: Could not find App "nope"\n',
    });
    expect(explained(ran)).toBe('app-not-found');
  });
});

describe('fly status', () => {
  it('prints JSON that says what each machine runs', async () => {
    const { run } = await drill('app-rollback');
    const { stdout, exit } = await run('fly', ['status', '--json', ...APP]);
    expect(exit).toEqual(code(0));
    expect(stdout.startsWith('{\n    "AppURL": "",\n    "Deployed": true,\n')).toBe(true);
    expect(stdout.endsWith('    "Status": "deployed",\n    "Version": 10\n}\n')).toBe(true);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
      'AppURL',
      'Deployed',
      'Hostname',
      'ID',
      'Machines',
      'Name',
      'Organization',
      'PlatformVersion',
      'Status',
      'Version',
    ]);
    const { Machines } = JSON.parse(stdout) as { Machines: object[] };
    expect(Object.keys(Machines[0] ?? {})).toEqual([
      'id',
      'name',
      'state',
      'region',
      'image_ref',
      'instance_id',
      'private_ip',
      'created_at',
      'updated_at',
      'config',
      'events',
      'checks',
      'host_status',
      'cordoned',
    ]);
    expect(parseStatus(stdout).machines).toMatchObject([
      { id: '3d8d9014c56e89', state: 'started', group: 'app', releaseVersion: 10, checks: [{ status: 'critical' }] },
      { id: 'e784e903b12345', state: 'started', group: 'app', releaseVersion: 10, checks: [{ status: 'critical' }] },
    ]);
  });

  it('prints coloured titles and tables for people, and exits 0 though nothing is healthy', async () => {
    const { run } = await drill('app-rollback');
    const { stdout, exit } = await run('fly', ['status', ...APP], { env: { NO_COLOR: '1' } });
    expect(exit).toEqual(code(0));
    expect(stdout.split('\n')).toEqual([
      '\u001b[1mApp\u001b[0m',
      '  Name     = hotdash-agent-service',
      '  Owner    = hotdash',
      '  Hostname = hotdash-agent-service.fly.dev',
      '  Image    = hotdash-agent-service:deployment-01K7EVS39XN6D2F8G5Q7C4MZTB',
      '',
      '\u001b[1mMachines\u001b[0m',
      ' PROCESS │ ID             │ VERSION │ REGION │ STATE   │ ROLE │ CHECKS              │ LAST UPDATED         ',
      ' app     │ 3d8d9014c56e89 │ 10      │ iad    │ started │      │ 1 total, 1 critical │ 2025-10-13T10:30:08Z ',
      ' app     │ e784e903b12345 │ 10      │ iad    │ started │      │ 1 total, 1 critical │ 2025-10-13T10:30:35Z ',
      '',
      '',
    ]);
  });

  it('fails for an app that is not there, and for --watch', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['status', '-a', 'nope']);
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toMatch(/^Error: failed to get app: failed to run query .*: Could not find App "nope"\n$/);
    expect((await run('fly', ['status', ...APP, '--watch', '--json'])).exit).toEqual(code(1));
  });
});

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
        "Updating existing machines in 'hotdash-agent-service' with rolling strategy",
        ...[
          ['1', '3d8d9014c56e89'],
          ['2', 'e784e903b12345'],
        ].flatMap(([place, id]) => [
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
      ].join('\n'),
    );
  });

  it('looks in the local Docker, checks DNS and tells the release as JSON when asked to', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const image = imageOfRelease(9);
    const ran = await run('fly', ['deploy', ...APP, '-i', image], { env: { FLY_EMIT_RELEASE_JSON: '1' } });
    expect(ran.stderr).toContain(
      `Searching for image '${image}' locally...\nSearching for image '${image}' remotely...`,
    );
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
    const { run, imageOfRelease, world } = await drill('app-rollback');
    const ran = await run('fly', deployArgs(imageOfRelease(9), '--strategy', 'immediate'));
    expect(ran.stdout).toContain(
      'with immediate strategy\n> [1/2] Updating 3d8d9014c56e89 [app]\n> [2/2] Updating e784e903b12345 [app]\n\nVisit',
    );
    expect(world.read().machines.map((machine) => machine.release)).toEqual([11, 11]);
  });

  it('makes no release when the image is gone or its name is not whole', async () => {
    const gone = await drill('image-gone');
    const ran = await gone.run('fly', deployArgs(gone.imageOfRelease(9)));
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toMatch(
      /\nError: failed to fetch an image or build from source: Could not find image "registry\.fly\.io\/hotdash-agent-service:deployment-01K7EQGZ5T3WJ8R4P2Y6S0KHVA"\n$/,
    );
    expect(explained(ran)).toBe('image-gone');
    const unqualified = await gone.run('fly', deployArgs('hotdash-agent-service:v9'));
    expect(unqualified.stderr).toContain('Could not find image "docker.io/hotdash-agent-service:v9"\n');
    expect(gone.world.read().releases.map((release) => release.version)).toEqual([6, 7, 8, 9, 10]);
  });

  it.each([
    [
      'never-starts',
      "Error: timeout reached waiting for machine's state to change\n\nYour machine was created, but never started",
      'never-started',
    ],
    ['crashes', 'Error: smoke checks for 3d8d9014c56e89 failed: the app appears to be crashing\n', 'crash-loop'],
  ] as const)('fails when the image %s, and leaves mixed versions', async (start, text, expected) => {
    const { run, imageOfRelease, world } = await drill('app-rollback', (scenario) => ({
      ...scenario,
      images: scenario.images.map((image, at) => (at === 1 ? { ...image, start } : image)),
    }));
    const ran = await run('fly', deployArgs(imageOfRelease(9)));
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toContain(text);
    expect(explained(ran)).toBe(expected);
    expect(world.read().machines.map((machine) => machine.release)).toEqual([11, 10]);
    expect(world.read().releases.at(-1)).toMatchObject({ version: 11, status: 'failed' });
  });

  it('fails when the checks never pass', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const ran = await run('fly', deployArgs(imageOfRelease(10)));
    expect(ran.stderr).toContain(
      'Error: timeout reached waiting for health checks to pass for machine 3d8d9014c56e89: ',
    );
    expect(ran.stderr.endsWith('\nYou can try increasing the timeout with the --wait-timeout flag\n')).toBe(true);
    expect(explained(ran)).toBe('health-timeout');
    expect(ran.stdout).toContain('✖ [1/2] Failed: timeout reached');
  });

  it('refuses while another deploy holds the machines', async () => {
    const { start, run, imageOfRelease, world } = await drill('app-rollback');
    const first = await start('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    const second = await run('fly', deployArgs(imageOfRelease(9)), { effect: 'change' });
    expect(second.stderr).toContain('Error: failed to get lease on VM 3d8d9014c56e89: ');
    expect(explained(second)).toBe('lease-held');
    expect(await first.exited).toEqual(code(0));
    expect(
      world
        .read()
        .releases.slice(-2)
        .map((release) => release.status),
    ).toEqual(['complete', 'failed']);
    expect((await run('fly', deployArgs(imageOfRelease(9)))).exit).toEqual(code(0));
  });

  it('fails for an app that is not there', async () => {
    const { run, imageOfRelease } = await drill('app-rollback');
    const ran = await run('fly', ['deploy', '-a', 'nope', '--image', imageOfRelease(9)]);
    expect(ran.stderr).toBe(
      '==> Verifying app config\nError: the app name nope could not be found, did you create the app or misspell it in the fly.toml file or via -a?\n',
    );
  });
});

describe('fly logs', () => {
  const one = (scenario: Scenario): Scenario => ({ ...scenario, logs: scenario.logs.slice(4, 5) });

  it('--no-tail prints the page and ends', async () => {
    const { run } = await drill('app-rollback', one);
    expect(await run('fly', ['logs', ...APP, '--no-tail'])).toEqual({
      exit: code(0),
      stderr: '',
      stdout:
        '\u001b[2m2025-10-13T10:31:02Z\u001b[0m app[3d8d9014c56e89] \u001b[32miad\u001b[0m ' +
        "[\u001b[31merror\u001b[0m]TypeError: Cannot read properties of undefined (reading 'queue')\n",
    });
  });

  it('--json prints one object after the other', async () => {
    const { run } = await drill('app-rollback', one);
    const { stdout } = await run('fly', ['logs', ...APP, '-n', '-j']);
    expect(stdout).toBe(`{
    "level": "error",
    "instance": "3d8d9014c56e89",
    "message": "TypeError: Cannot read properties of undefined (reading 'queue')",
    "region": "iad",
    "timestamp": "2025-10-13T10:31:02Z",
    "meta": {
        "Instance": "3d8d9014c56e89",
        "Region": "iad",
        "Event": {
            "Provider": "app"
        },
        "HTTP": {
            "Request": {
                "ID": "",
                "Method": "",
                "Version": ""
            },
            "Response": {
                "status_code": 0
            }
        },
        "Error": {
            "Code": 0,
            "Message": ""
        },
        "URL": {
            "Full": ""
        }
    }
}
`);
    const all = await drill('app-rollback');
    expect((await all.run('fly', ['logs', ...APP, '-n', '-j'])).stdout).toContain('\n}\n{\n');
  });

  it('shows only the machine or region asked for', async () => {
    const { run } = await drill('app-rollback');
    const { stdout } = await run('fly', ['logs', ...APP, '-n', '-i', 'e784e903b12345']);
    expect(stdout).toContain('[e784e903b12345]');
    expect(stdout).not.toContain('3d8d9014c56e89');
  });

  it('says 404 and 401 in the words of HTTP', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['logs', '-a', 'nope', '-n']);
    expect(ran.stderr).toBe('Error: 404 Not Found\n');
    expect(explained(ran)).toBe('app-not-found');
  });
});

describe('fly auth whoami and fly version', () => {
  it('print text and JSON', async () => {
    const { run } = await drill('app-rollback');
    const stdout = async (...args: readonly string[]) => (await run('fly', args)).stdout;
    expect(await stdout('auth', 'whoami')).toBe('ann@hotdash.example\n');
    expect(await stdout('auth', 'whoami', '--json')).toBe('{\n    "email": "ann@hotdash.example"\n}\n');
    expect(await stdout('version')).toBe(
      'fly v0.4.87 linux/amd64 Commit: 5b1f0c9d7e3a4826b0d9c1e5f7a2843d6c90be17 BuildDate: 2026-08-20T14:02:11Z\n',
    );
    expect(await stdout('version', '--json')).toBe(
      '{"Name":"fly","Version":"0.4.87","Commit":"5b1f0c9d7e3a4826b0d9c1e5f7a2843d6c90be17","BranchName":"",' +
        '"BuildDate":"2026-08-20T14:02:11Z","OS":"linux","Architecture":"amd64","Environment":"production"}\n',
    );
  });
});

describe('without a login', () => {
  it.each([
    ['releases', ...APP],
    ['status', ...APP],
    ['logs', ...APP],
    ['auth', 'whoami'],
    [...deployArgs('registry.fly.io/x:y')],
  ])('fly %s says so', async (...args) => {
    const { run } = await drill('app-rollback', expired);
    const ran = await run('fly', args);
    expect(ran).toEqual({
      exit: code(1),
      stdout: '',
      stderr: "Error: no access token available. Please login with 'flyctl auth login'\n",
    });
    expect(explained(ran)).toBe('login-expired');
  });

  it('fly version still works, and a token goes around the stored login', async () => {
    const { run } = await drill('app-rollback', expired);
    expect((await run('fly', ['version'])).exit).toEqual(code(0));
    expect((await run('fly', ['status', ...APP], { env: { FLY_API_TOKEN: 'x' } })).exit).toEqual(code(0));
    expect((await run('fly', ['-t', 'x', 'auth', 'whoami'])).exit).toEqual(code(0));
  });
});

describe('what fly does not know', () => {
  it('a word after releases is an unknown command: usage on standard output, error on the other, 1', async () => {
    const { run, world } = await drill('app-rollback');
    const ran = await run('fly', ['releases', 'rollback', 'v9', ...APP]);
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toBe('Error: unknown command "rollback" for "fly releases"\n');
    expect(ran.stdout.startsWith('Usage:\n  fly releases [flags]\n')).toBe(true);
    expect(explained(ran)).toBe('unknown-command');
    expect(world.read().releases).toHaveLength(5);
  });

  it('an unknown command ends with 1', async () => {
    const { run } = await drill('app-rollback');
    expect(await run('fly', ['foo', 'bar'])).toEqual({
      exit: code(1),
      stdout: "Run 'fly --help' for usage.\n\n",
      stderr: 'Error: unknown command "foo" for "fly"\n',
    });
  });

  it.each(['apps', 'secrets', 'auth'])(
    'an unknown word after the group %s prints help and ends with 0',
    async (group) => {
      const { run } = await drill('app-rollback');
      const ran = await run('fly', [group, 'foo']);
      expect(ran.exit).toEqual(code(0));
      expect(ran.stderr).toBe('');
      expect(ran.stdout).toContain(`  fly ${group} [command]\n`);
    },
  );

  it.each([
    [['deploy', ...APP, '--region', 'iad'], 'unknown flag: --region'],
    [['deploy', ...APP, '--json'], 'unknown flag: --json'],
    [['status', '-x'], "unknown shorthand flag: 'x' in -x"],
    [['releases', '-a'], "flag needs an argument: 'a' in -a"],
  ])('%j is a mistake', async (args, message) => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', args);
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toBe(`Error: ${message}\n`);
    expect(ran.stdout).toContain('Usage:\n');
  });

  it('a command that names no app anywhere says so', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['status']);
    expect(ran.stderr).toBe(
      'Error: the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag\n',
    );
    expect((await run('fly', ['status'], { env: { FLY_APP: 'hotdash-agent-service' } })).exit).toEqual(code(0));
  });

  it('a command of flyctl that drills have no part for says that', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['secrets', 'set', 'A=b', ...APP]);
    expect(ran).toMatchObject({
      exit: code(1),
      stderr: 'Error: the drill simulator does not play "fly secrets set"\n',
    });
  });
});
