/** The simulated tools other than fly. The expected behavior was seen on the real ones. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { code, drill } from './drill.ts';

const REF = 'hotdashproductiondbx';
const versioned =
  (supabaseVersion: string) =>
  (scenario: Scenario): Scenario =>
    scenario.database === undefined ? scenario : { ...scenario, database: { ...scenario.database, supabaseVersion } };

describe('supabase in a drill', () => {
  it('takes opposite targets when none is named: version 2 the linked project, version 3 this machine', async () => {
    const second = await drill('db-rollback', versioned('2.104.0'));
    expect(await second.run('supabase', ['migration', 'list'])).toMatchObject({
      exit: code(1),
      stderr: expect.stringContaining('Have you run supabase link?') as unknown,
    });
    const third = await drill('db-rollback', versioned('3.1.0'));
    expect((await third.run('supabase', ['migration', 'list'])).stderr).toMatch(
      /^Target: local stack \(127\.0\.0\.1:54322\)\nfailed to connect to postgres/,
    );
    const { stderr } = await third.run('supabase', ['backups', 'list', `--remote=${REF}`, '-o', 'json']);
    expect(stderr).toBe(`Target: project hotdash-production (${REF}) · production\n`);
  });

  it('changes nothing hosted without --yes in version 3, and asks nothing in version 2', async () => {
    const third = await drill('db-rollback', versioned('3.1.0'));
    const repair = ['migration', 'repair', '20251013095800', '--status', 'reverted', `--remote=${REF}`];
    const refused = await third.run('supabase', repair);
    expect(refused.exit).toEqual(code(1));
    expect(refused.stderr).toContain("This run can't ask because stdout is not a terminal. Nothing was changed.");
    expect(third.cloud.read().database?.migrations).toHaveLength(3);
    const done = await third.run('supabase', [...repair, '--yes']);
    expect(done).toMatchObject({ exit: code(0), stdout: 'Finished supabase migration repair.\n' });
    expect(third.cloud.read().database?.migrations).toHaveLength(2);
    const second = await drill('db-rollback', versioned('2.104.0'));
    const restored = await second.run('supabase', ['backups', 'restore', '--project-ref', REF, '-t', '1707407047']);
    expect(restored).toEqual({ exit: code(0), stdout: '', stderr: `Started PITR restore: ${REF}\n` });
  });

  it('prints help and ends with 1 for the commands that old runbooks have', async () => {
    for (const [version, stream] of [
      ['2.104.0', 'stdout'],
      ['3.1.0', 'stderr'],
    ] as const) {
      const { run } = await drill('db-rollback', versioned(version));
      const said = await run('supabase', ['db', 'migrations', 'list']);
      expect(said.exit).toEqual(code(1));
      expect(said[stream]).toMatch(/^DESCRIPTION\n {2}Manage Postgres databases\./);
      expect(said.stderr).toContain('Unknown subcommand "migrations" for "supabase db"');
    }
  });
});

describe('psql in a drill', () => {
  const connection = {
    PGHOST: `db.${REF}.supabase.co`,
    PGPORT: '5432',
    PGUSER: 'postgres',
    PGPASSWORD: 'drill-password-of-no-worth',
  };

  it('ends with 1 for what it does not know, 2 without a connection, 1 for a table that is not there', async () => {
    const { run } = await drill('db-rollback');
    expect(await run('psql', ['-Z'])).toMatchObject({
      exit: code(1),
      stderr: expect.stringContaining("invalid option -- 'Z'") as unknown,
    });
    expect((await run('psql', ['-c', 'select 1'])).exit).toEqual(code(2));
    const missing = await run('psql', ['-X', '-c', 'SELECT COUNT(*) FROM no_such_table'], { env: connection });
    expect(missing).toMatchObject({
      exit: code(1),
      stderr: expect.stringMatching(/^ERROR: {2}relation "no_such_table" does not exist/) as unknown,
    });
    expect((await run('psql', ['-X', '-c', 'SELECT COUNT(*) FROM operators'], { env: connection })).stdout).toContain(
      '    37\n',
    );
  });

  it('hides the failure of a file without ON_ERROR_STOP', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-psql-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'fix.sql');
    writeFileSync(file, 'drop table public.approvals;\n');
    const { run } = await drill('db-sql-error');
    expect((await run('psql', ['-X', '-f', file], { env: connection })).exit).toEqual(code(0));
    expect(
      (await run('psql', ['-X', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-f', file], { env: connection }))
        .exit,
    ).toEqual(code(3));
  });
});

describe('a file that a command of a drill names', () => {
  const env = {
    PGHOST: `db.${REF}.supabase.co`,
    PGPORT: '5432',
    PGUSER: 'postgres',
    PGPASSWORD: 'drill-password-of-no-worth',
  };
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'rollbook-given-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };

  it.each(['/dev/zero', 'fifo', '.'])('is %s: nothing waits for it, and no tool takes it for a file', async (named) => {
    const cwd = folder();
    execFileSync('mkfifo', [join(cwd, 'fifo')]);
    const path = join('/', named === '/dev/zero' ? named : join(cwd, named));
    const { run } = await drill('db-rollback');
    const refused = { exit: code(1), stderr: expect.stringContaining('no regular file') as unknown };
    const isFolder = { exit: code(1), stderr: expect.stringContaining('it is a folder') as unknown };
    for (const args of [
      ['psql', '-X', '-f', path],
      ['pg_restore', '-l', path],
    ] as const)
      expect(await run(args[0], args.slice(1), { env })).toMatchObject(named === '.' ? isFolder : refused);
    expect((await run('pg_dump', ['-Fc', '-f', path], { env })).exit).toEqual(code(1));
    expect((await run('fly', ['status', '--config', path])).exit).toEqual(code(1));
    expect((await run('curl', ['-o', path, 'https://shop.example/'], { cwd })).exit.kind).toBe('code');
  });

  it('is written only where the command stands, and a dump over nothing', async () => {
    const [cwd, home] = [folder(), folder()];
    const precious = join(home, 'precious');
    writeFileSync(precious, 'mine');
    const { run, scenario } = await drill('db-rollback');
    const { health } = scenario.service;
    await run('curl', ['-o', precious, health], { cwd });
    await run('curl', ['-o', 'page', health], { cwd });
    await run('pg_dump', ['-Fc', '-f', precious], { env });
    expect(readFileSync(precious, 'utf8')).toBe('mine');
    expect(existsSync(join(cwd, 'page'))).toBe(true);
  });
});

describe('npm and git in a drill', () => {
  it('npm names the package, passes arguments on, and has no script that is not there', async () => {
    const { run } = await drill('full-system');
    expect(await run('npm', ['run', 'nope'])).toMatchObject({
      exit: code(1),
      stdout: '',
      stderr: expect.stringMatching(/^npm error Missing script: "nope"\n/) as unknown,
    });
    expect(await run('npm', ['frob'])).toMatchObject({
      exit: code(1),
      stdout: expect.stringMatching(/^Unknown command: "frob"/) as unknown,
    });
    expect((await run('npm', ['run', 'test:agent-sdk', '--', '--bail'])).stdout).toMatch(
      /^\n> hotdash@1\.0\.0 test:agent-sdk\n> .* --bail\n\n/,
    );
  });

  it('git makes a worktree of a tag beside a dirty checkout, where a checkout in place is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-git-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { run } = await drill('app-rollback', (scenario) => ({
      ...scenario,
      checkout: { ...scenario.checkout, dirty: ['src/index.ts'] },
    }));
    expect(await run('git', ['checkout', 'v1.8.0'])).toMatchObject({
      exit: code(1),
      stderr: expect.stringContaining('would be overwritten by checkout') as unknown,
    });
    expect((await run('git', ['worktree', 'add', '--detach', 'old', 'v1.8.0'], { cwd: folder })).exit).toEqual(code(0));
    expect(existsSync(join(folder, 'old'))).toBe(true);
    expect((await run('git', ['worktree', 'add', 'other', 'v0.0.1'], { cwd: folder })).exit).toEqual(code(128));
    expect((await run('git', ['undo'])).exit).toEqual(code(1));
  });
});
