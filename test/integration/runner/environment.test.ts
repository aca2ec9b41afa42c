import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { childEnvironment } from '#core/runner/environment.ts';
import { loginEnvironment } from '#core/runner/login-shell.ts';
import { startingNothingIn, toolLocator } from '#core/runner/tool-locator.ts';
import { workingFolders } from '#core/runner/working-folders.ts';

import { clock, newBench, newFolder } from './workbench.ts';

const STRIPPED = [
  'npm_config_cache',
  'npm_lifecycle_event',
  'NODE_OPTIONS',
  'NODE_ENV',
  'ELECTRON_RUN_AS_NODE',
  'BASH_ENV',
  'BASH_FUNC_fly%%',
  'FLY_APP',
  'FLY_ORG',
  'FLY_REGION',
  'FLY_JSON',
  'PGHOST',
  'PGHOSTADDR',
  'PGPORT',
  'PGDATABASE',
  'PGUSER',
  'PGPASSWORD',
  'PGSERVICE',
  'PGOPTIONS',
  'SUPABASE_YES',
  'ROLLBOOK_RUN',
];
const KEPT = [
  'HOME',
  'FLY_API_TOKEN',
  'FLY_CONFIG_DIR',
  'SUPABASE_ACCESS_TOKEN',
  'HTTPS_PROXY',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'npm_config_cafile',
  'npm_config_https_proxy',
  'PGSSLROOTCERT',
  'PGSSLMODE',
  'PGPASSFILE',
  'PGSERVICEFILE',
  'LANG',
  'NPM_TOKEN',
  'SSH_AUTH_SOCK',
];

describe('the environment of a command', () => {
  it('leaves out what would bend it, keeps the rest, is quiet', () => {
    const source = Object.fromEntries([...STRIPPED, ...KEPT].map((name) => [name, 'x']));
    const environment = childEnvironment(source);
    for (const name of STRIPPED) expect(environment).not.toHaveProperty([name]);
    for (const name of KEPT) expect(environment).toHaveProperty([name], 'x');
    expect(environment).toMatchObject({ FLY_NO_UPDATE_CHECK: '1', FLY_SEND_METRICS: '0', NO_COLOR: '1' });
  });

  it('takes from PATH what depends on where one stands', () => {
    const path = ['', '.', 'bin', '/w/node_modules/.bin', '/usr/bin', '/x/node-gyp-bin', '/opt/fly'].join(delimiter);
    expect(childEnvironment({ PATH: path }).PATH).toBe(['/usr/bin', '/opt/fly'].join(delimiter));
  });

  it.each([
    [{ LANG: 'de_DE.UTF-8' }, { LANG: 'de_DE.UTF-8' }],
    [{ LANG: 'C', LC_ALL: 'de_DE.UTF-8', LC_TIME: 'fr_FR.UTF-8', LANGUAGE: 'de:fr' }, { LANG: 'de_DE.UTF-8' }],
    [
      { LANG: 'de_DE.UTF-8', LC_TIME: 'fr_FR.UTF-8', LC_MESSAGES: 'de_DE.UTF-8', LC_ALL: '' },
      { LANG: 'de_DE.UTF-8', LC_TIME: 'fr_FR.UTF-8' },
    ],
    [{}, {}],
  ])('%o: messages are English, and nothing else of the language changes', (source, expected) => {
    const ofLanguage = Object.entries(childEnvironment(source)).filter(([name]) => /^LC_|^LANG/.test(name));
    expect(Object.fromEntries(ofLanguage)).toEqual({ ...expected, LC_MESSAGES: 'C' });
  });

  it('lets the step have the last word', () => {
    expect(childEnvironment({ PGHOST: 'old' }, { PGHOST: 'new', NO_COLOR: '' })).toMatchObject({
      PGHOST: 'new',
      NO_COLOR: '',
    });
  });

  it('is all that a real process gets', async () => {
    const environment = childEnvironment({ PATH: '/usr/bin:/bin', FLY_APP: 'wrong', NODE_OPTIONS: '--inspect' });
    const { process, output } = await newBench().start('read', ['/usr/bin/env'], { env: { ...environment } });
    await process.exited;
    expect(output.stdout).not.toMatch(/FLY_APP|NODE_OPTIONS|VITEST/);
    expect(output.stdout).toContain('ROLLBOOK_RUN=run-1');
  });
});

describe('the login shell', () => {
  const shellThat = (script: string): string => {
    const shell = join(newFolder(), 'shell');
    writeFileSync(shell, `#!/bin/sh\n${script}\n`);
    chmodSync(shell, 0o755);
    return shell;
  };
  const inherited = { PATH: '/usr/bin:/bin', HOME: '/h', LEFT_OUT: undefined };

  it('is believed over what the app inherited, whatever else it prints', async () => {
    const shell = shellThat(`echo welcome; export PATH=/own/bin:$PATH MULTI='a\nb=c'; exec /bin/sh -c "$2"`);
    const { variables, from, problem } = await loginEnvironment({ clock, inherited, shell });
    expect({ from, problem }).toEqual({ from: 'login-shell', problem: null });
    expect(variables).toMatchObject({ PATH: '/own/bin:/usr/bin:/bin', MULTI: 'a\nb=c', HOME: '/h' });
    expect(variables).not.toHaveProperty('ROLLBOOK_RUN');
  });

  it.each([
    ['hangs', "trap '' INT; sleep 1000; sleep 1000", 'did not start within', 100],
    ['fails', 'exit 1', 'did not print', 20_000],
  ])('that %s leaves what was inherited, and why', async (_how, script, why, limitMs) => {
    const found = await loginEnvironment({ clock, inherited, shell: shellThat(script), limitMs });
    expect(found).toMatchObject({
      from: 'inherited',
      variables: { PATH: '/usr/bin:/bin', HOME: '/h' },
      problem: expect.stringContaining(why),
    });
  });

  it.each([
    ['returns early without a terminal', '[ -n "$TERM" ] || exec /bin/sh -c "$2"', null],
    ['hands over to tmux', '[ -n "$TMUX" ] || exec sleep 1000', null],
    [
      'ends at the first command that fails',
      'case $1 in *i*) exit 1;; esac',
      'only asked without start-up files of interactive shells',
    ],
  ])('whose start-up file %s is believed all the same', async (_how, script, problem) => {
    const shell = shellThat(`${script}\nexport PATH=/own/bin:$PATH; exec /bin/sh -c "$2"`);
    const found = await loginEnvironment({ clock, inherited, shell, limitMs: 20_000 });
    expect(found.variables).toMatchObject({ PATH: '/own/bin:/usr/bin:/bin' });
    expect(found.problem).toEqual(problem === null ? null : expect.stringContaining(problem));
    for (const name of ['TERM', 'TMUX', 'STY', 'ZELLIJ', 'DISABLE_AUTO_UPDATE'])
      expect(found.variables).not.toHaveProperty(name);
  });

  it('that is missing does no harm', async () => {
    expect(await loginEnvironment({ clock, inherited, shell: '/none/sh' })).toMatchObject({
      from: 'inherited',
      problem: expect.any(String),
    });
  });
});

describe('the working folder', () => {
  it('is empty, private, and gone afterwards', async () => {
    const folders = workingFolders(join(newFolder(), 'work'));
    const path = await folders.make('run-1');
    expect(readdirSync(path)).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    writeFileSync(join(path, 'left'), '');
    await folders.remove('run-1');
    await folders.remove('run-1');
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('that cannot be made is a clear failure', async () => {
    const blocked = join(newFolder(), 'file');
    writeFileSync(blocked, '');
    await expect(workingFolders(blocked).make('r')).rejects.toMatchObject({
      code: 'store-unwritable',
      message: expect.stringContaining(blocked),
    });
  });
});

describe('where a tool is', () => {
  const tool = (folder: string, name: string, script: string): string => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('is the first executable file on PATH, with its version', async () => {
    const folder = newFolder();
    const [first, second] = [join(folder, 'a'), join(folder, 'b')];
    mkdirSync(join(first, 'fly'), { recursive: true });
    writeFileSync(join(first, 'psql'), 'not executable');
    const fly = tool(
      second,
      'fly',
      `[ "$*" = "version --json" ] && echo '{"Name":"fly","Version":"0.4.87","Commit":"1.2.3"}'`,
    );
    const psql = tool(second, 'psql', '[ "$*" = "--version" ] && echo "psql (PostgreSQL) 15.8 (Debian 15.8-0)"');
    symlinkSync(fly, join(second, 'flyctl'));
    const tools = toolLocator({ clock, environment: { PATH: `${first}:${second}:/usr/bin:/bin` } });
    expect(await tools.locate('fly')).toEqual({ path: fly, version: '0.4.87' });
    expect(await tools.locate('flyctl')).toEqual({ path: join(second, 'flyctl'), version: '0.4.87' });
    expect(await tools.locate('psql')).toEqual({ path: psql, version: '15.8' });
    for (const none of ['nothing-like-it', '', '../b/fly', 'b/fly']) expect(await tools.locate(none)).toBeNull();
  });

  it('is never a folder of npm or a relative one', async () => {
    const folder = newFolder();
    tool(join(folder, 'node_modules/.bin'), 'supabase', 'echo 1.0');
    const tools = toolLocator({ clock, environment: { PATH: `${folder}/node_modules/.bin:.:bin` } });
    expect(await tools.locate('supabase')).toBeNull();
  });

  it('is asked for its version once, and again after it was replaced', async () => {
    const folder = newFolder();
    const asked = join(folder, 'asked');
    const path = tool(folder, 'jq', `echo . >>${asked}; echo v1.0.0`);
    const tools = toolLocator({ clock, environment: { PATH: `${folder}:/usr/bin:/bin` } });
    expect([await tools.locate('jq'), await tools.locate('jq')].map((found) => found?.version)).toEqual([
      '1.0.0',
      '1.0.0',
    ]);
    expect(statSync(asked).size).toBe(2);
    tool(folder, 'jq', 'echo v2.0.0');
    utimesSync(path, new Date(0), new Date(0));
    expect((await tools.locate('jq'))?.version).toBe('2.0.0');
  });

  it('is started for its version only when it is known by that name, and did not come with the runbook', async () => {
    const folder = newFolder();
    const marks = newFolder();
    const mark = (name: string): string => tool(folder, name, `touch ${join(marks, name)}; echo 1.0.0`);
    const [fly, deploy] = [mark('fly'), mark('deploy-all')];
    const environment = { PATH: `${folder}:/usr/bin:/bin` };
    const tools = toolLocator({ clock, environment });
    expect(await tools.locate('deploy-all')).toEqual({ path: deploy, version: '' });
    for (const path of [fly, deploy]) expect(await tools.locate(path)).toEqual({ path, version: '' });
    // Also under another path of the same folder.
    const alias = join(newFolder(), 'alias');
    symlinkSync(folder, alias);
    for (const own of [folder, alias]) {
      expect(await startingNothingIn(() => [own], tools, environment).locate('fly')).toEqual({
        path: fly,
        version: '',
      });
    }
    expect(readdirSync(marks)).toEqual([]);
    expect(await startingNothingIn(() => [marks], tools, environment).locate('fly')).toMatchObject({
      version: '1.0.0',
    });
    expect(readdirSync(marks)).toEqual(['fly']);
  });

  it('is known even when it does not tell its version', async () => {
    const folder = newFolder();
    tool(folder, 'helm', 'exit 1');
    expect(await toolLocator({ clock, environment: { PATH: folder } }).locate('helm')).toMatchObject({
      version: 'unknown',
    });
  });
});
