import { describe, expect, it } from 'vitest';
import { backupListArguments, backupStanding, parseBackups } from '#shared/platforms/supabase/backups.ts';
import { isIntended, printedTarget } from '#shared/platforms/supabase/target.ts';
import { judgeMigrations, migrationTime } from '#shared/platforms/supabase/migrations.ts';

const REF = 'abcdefghijklmnopqrst';
const at = migrationTime('20251011150400') ?? 0;
const list = (...backups: readonly (readonly [string, string])[]): string =>
  JSON.stringify({
    backups: backups.map(([inserted_at, status], id) => ({ id, inserted_at, is_physical_backup: true, status })),
    physical_backup_data: { earliest_physical_backup_date_unix: 1, latest_physical_backup_date_unix: 2 },
    pitr_enabled: false,
  });

describe('backups', () => {
  it.each([
    [
      'older',
      list(['2025-10-11T04:00:00Z', 'COMPLETED'], ['2025-10-12T04:00:00Z', 'COMPLETED']),
      true,
      '11 h 4 min older',
    ],
    ['only newer', list(['2025-10-12T04:00:00Z', 'COMPLETED']), false, 'newer'],
    ['only failed', list(['2025-10-10T04:00:00Z', 'FAILED']), false, 'no complete backup'],
    ['none, as the Go version prints it', '{"backups":null,"pitr_enabled":false}', false, 'no complete backup'],
    [
      'point in time',
      '{"backups":[],"pitr_enabled":true,"physical_backup_data":{"earliest_physical_backup_date_unix":1760000000,"latest_physical_backup_date_unix":1760200000}}',
      true,
      'Point-in-time',
    ],
  ])('%s', (_name, text, older, why) => {
    const standing = backupStanding(parseBackups(text), at);
    expect(standing.older).toBe(older);
    expect(standing.why).toContain(why);
  });

  it('that cannot be read are a red gate too', () => {
    for (const text of ['', '[]', 'null', 'REGION | STATUS', '{"message":"no"}']) expect(parseBackups(text)).toBeNull();
    expect(backupStanding(null, at, 'supabase is not on PATH')).toMatchObject({ older: false });
    expect(backupStanding(parseBackups(list()), null)).toMatchObject({ older: false });
  });

  it('are asked for as the version wants it, its target held against the project', () => {
    expect(backupListArguments('2.48.3', REF)).toEqual(['backups', 'list', '--project-ref', REF, '-o', 'json']);
    expect(backupListArguments('3.1.0', REF)).toEqual(['backups', 'list', `--remote=${REF}`, '-o', 'json']);
    for (const version of ['1.226.5', '4.0.0', 'unknown']) expect(backupListArguments(version, REF)).toBeNull();
    expect(isIntended(printedTarget(`Target: project ${REF}\n`), REF)).toBe(true);
    // 3.1.0 where it knows the project: seen on the real one.
    const named = (ref: string): string => `Target: project shop (${ref}) · production\n`;
    expect(isIntended(printedTarget(named(REF)), REF)).toBe(true);
    expect(isIntended(printedTarget(named(REF.split('').reverse().join(''))), REF)).toBe(false);
    expect(isIntended(printedTarget(`Target: project a (${REF}) (zyxwvutsrqponmlkjihg) · production\n`), REF)).toBe(
      false,
    );
    expect(isIntended(printedTarget('Connecting...\n'), REF)).toBe(true);
    expect(isIntended(printedTarget('Target: local stack (127.0.0.1:54322)\n'), REF)).toBe(false);
  });
});

describe('migrations', () => {
  it('tell their time by their version, where it is one', () => {
    expect(new Date(at).toISOString()).toBe('2025-10-11T15:04:00.000Z');
    for (const version of ['1', '20251311150400', 'now', '']) expect(migrationTime(version)).toBeNull();
  });

  it('propose the newest alone: the others carry it', () => {
    const history = ['20251011150400', '20250927113000', '20250901090000'].map((version) => ({ version, name: '' }));
    expect(judgeMigrations(history, at + 3_600_000)).toMatchObject([
      { verdict: 'proposed', why: expect.stringContaining('1 h before') as string },
      { verdict: 'buried' },
      { verdict: 'buried', why: expect.stringContaining('2 migrations') as string },
    ]);
    expect(judgeMigrations([], 0)).toEqual([]);
  });
});
