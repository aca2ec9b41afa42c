import { describe, expect, it } from 'vitest';
import { databasesIn, databasesNamed } from '#shared/platforms/postgres/client-arguments.ts';
import { practiceProblem } from '#shared/drills/practice-target.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';

describe('the database that a client names in its own words', () => {
  it.each([
    ['psql', '-X -v ON_ERROR_STOP=1 -f fix.sql', []],
    ['psql', 'shop ann -X', ['shop']],
    ['psql', '-X -c select shop', ['shop']],
    ['psql', '-XAtd shop', ['shop']],
    ['psql', '-dshop', ['shop']],
    ['psql', '--dbname=shop --file fix.sql', ['shop']],
    ['psql', '--dbname shop', ['shop']],
    ['psql', '--set ON_ERROR_STOP=1 --single-transaction', []],
    ['psql', '-h db.example.com -U ann -p 5432', []],
    ['pg_dump', '-Fc --lock-wait-timeout=5s -t public.approvals -f before.dump', []],
    ['pg_dump', '-Fc -f before.dump shop', ['shop']],
    ['pg_restore', '--no-owner -d shop before.dump', ['shop']],
    ['pg_restore', '-l before.dump', []],
    ['pg_restore', '-d  before.dump', []],
    ['createdb', '-O ann -T template0 shop', ['shop']],
    ['dropdb', '--if-exists --maintenance-db postgres shop', ['shop']],
    ['npm', 'run migrate -d shop', []],
  ])('%s %s', (tool, words, expected) => {
    expect(databasesNamed(tool, words.split(' ')).map(({ value }) => value)).toEqual(expected);
  });

  it('is found wherever in a script it stands', () => {
    expect(databasesIn('cat a.sql | PGOPTIONS=x timeout 9 psql "$URL" -X && pg_dump -d other -f x')).toEqual([
      '$URL',
      'other',
    ]);
  });
});

describe('db=NAME in a runbook', () => {
  const runbook = (command: string, declared = true): string =>
    [
      ...(declared ? ['---', 'rollbook: 1', 'variables: { SHOP_URL: { from: environment } }', '---', ''] : []),
      '# Shop',
      '',
      '## Option 1: Restore',
      '',
      '1. **Restore**',
      '   ```bash effect=change db=SHOP_URL',
      `   ${command}`,
      '   ```',
    ].join('\n');
  const read = (text: string) => parseRunbook(text, 'shop.md').model;

  it('is the variable of each command of the fence, declared as every other', () => {
    const { procedures, gaps } = read(runbook('psql -X -f fix.sql'));
    expect(procedures[0]?.steps[0]?.commands[0]).toMatchObject({ database: 'SHOP_URL', variables: ['SHOP_URL'] });
    expect(gaps.filter(({ code }) => code === 'two-databases')).toEqual([]);
    const undeclared = read(runbook('psql -X -f fix.sql', false));
    // The address of a database has a password in it.
    expect(undeclared.settings.variables.SHOP_URL).toMatchObject({ from: 'prompt', environment: true, secret: true });
    expect(undeclared.gaps.find(({ code }) => code === 'asked')?.message).toMatch(/^SHOP_URL is asked for before/);
  });

  it.each([
    'psql -X -d production -f fix.sql',
    'psql -X -h db.example.com -f fix.sql',
    'psql -X --username=root -f fix.sql',
    'PGDATABASE=production psql -X -f fix.sql',
    'export PGHOST=db.example.com; psql -X -f fix.sql',
    'dropdb production',
  ])('is a gap when the command says itself where to connect: that would win (%s)', (command) => {
    const { gaps } = read(runbook(command));
    expect(gaps.find(({ code }) => code === 'two-databases')?.line).toBe(12);
  });
});

describe('a drill with real tools', () => {
  const env = { PGDATABASE: 'scratch-test', OTHER: 'production' };
  it.each([
    ['dropdb', ['production'], 'its database is production'],
    ['bash', ['-o', 'pipefail', '-c', 'PGDATABASE=production psql -X -f a.sql'], 'it sets PGDATABASE itself'],
    ['psql', ['-X', '-f', 'fix.sql'], null],
    ['bash', ['-o', 'pipefail', '-c', 'psql -X -f a.sql && psql -X -f b.sql'], null],
    ['psql', ['-X', '-d', 'production'], 'its database is production'],
    ['psql', ['production'], 'its database is production'],
    ['psql', ['-d', 'host=db.example.com dbname=production'], 'its database is production'],
    ['bash', ['-o', 'pipefail', '-c', 'psql -X -d "$OTHER" -f a.sql'], 'its database is production'],
  ])('looks at what %s %j would really change', (tool, args, wrong) => {
    expect(practiceProblem({ tool, args, env, effect: 'change' })).toBe(wrong);
  });
});
