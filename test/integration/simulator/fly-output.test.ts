import { describe, expect, it } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import { APP, code, drill, type Ran } from './drill.ts';

const explained = (ran: Ran) => explainFailure(ran.exit, ran.stdout, ran.stderr)?.code;

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
        "Stable": true,
        "InProgress": false,
        "Reason": "change",
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
    expect(
      stdout.startsWith('{\n    "AppURL": "https://hotdash-agent-service.fly.dev/",\n    "Deployed": true,\n'),
    ).toBe(true);
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
      ' Name     │ hotdash-agent-service                                       ',
      ' Owner    │ hotdash                                                     ',
      ' Hostname │ hotdash-agent-service.fly.dev                               ',
      ' Image    │ hotdash-agent-service:deployment-01K7EVS39XN6D2F8G5Q7C4MZTB ',
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
