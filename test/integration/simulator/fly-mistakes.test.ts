import { describe, expect, it } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { APP, code, deployArgs, drill, type Ran } from './drill.ts';

const explained = (ran: Ran) => explainFailure(ran.exit, ran.stdout, ran.stderr)?.code;

const expired = (scenario: Scenario): Scenario => ({ ...scenario, login: { ...scenario.login, state: 'expired' } });

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

it('fly apps releases is fly releases by another name', async () => {
  const { run } = await drill('app-rollback');
  const args = ['releases', ...APP, '--json'];
  const [one, other] = [await run('fly', args), await run('fly', ['apps', ...args])];
  expect(other).toEqual(one);
  expect(one.stdout).toContain('"Version": 10');
});

describe('what fly does not know', () => {
  it('a word after releases is an unknown command: usage on standard output, error on the other, 1', async () => {
    const { run, cloud } = await drill('app-rollback');
    const ran = await run('fly', ['releases', 'rollback', 'v9', ...APP]);
    expect(ran.exit).toEqual(code(1));
    expect(ran.stderr).toBe('Error: unknown command "rollback" for "fly releases"\n');
    expect(ran.stdout.startsWith('Usage:\n  fly releases [flags]\n')).toBe(true);
    expect(explained(ran)).toBe('unknown-command');
    expect(cloud.read().releases).toHaveLength(5);
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
    const ran = await run('fly', ['machine', 'leases', 'view', ...APP]);
    expect(ran).toMatchObject({
      exit: code(1),
      stderr: 'Error: the drill simulator does not play "fly machine leases"\n',
    });
  });
});
