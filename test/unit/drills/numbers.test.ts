import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { heldAt } from '#shared/drills/held-at.ts';
import { practiceProblem } from '#shared/drills/practice-target.ts';
import { incidentStatistics } from '#shared/drills/statistics.ts';

const incident = (severity: string, mitigationMs: number | null, met: boolean | null) => ({
  kind: 'live' as const,
  severity,
  status: mitigationMs === null ? 'open' : 'resolved',
  mitigationMs,
  containedMs: null,
  met,
});

describe('statistics of incidents', () => {
  const live = [incident('P0', 100_000, true), incident('P0', 400_000, false), incident('P2', null, null)];

  it('count live ones by severity, targets and median', () => {
    expect(incidentStatistics(live)).toEqual({
      incidents: 3,
      bySeverity: { P0: 2, P1: 0, P2: 1, P3: 0 },
      open: 1,
      targetsMet: 1,
      targetsMissed: 1,
      medianMitigationMs: 250_000,
      medianContainedMs: null,
    });
    expect(incidentStatistics([]).medianMitigationMs).toBeNull();
  });

  it('have the median until contained beside that of the mitigation', () => {
    const contained = [113_000, 60_000, 80_000].map((containedMs) => ({
      ...incident('P0', 571_000, true),
      containedMs,
    }));
    expect(incidentStatistics(contained)).toMatchObject({
      targetsMet: 3,
      medianMitigationMs: 571_000,
      medianContainedMs: 80_000,
    });
  });

  it('are the same with any number of drills beside them', () => {
    const drills = Array.from({ length: 50 }, () => ({ ...incident('P0', 1, true), kind: 'drill' as const }));
    expect(incidentStatistics([...drills, ...live])).toEqual(incidentStatistics(live));
  });
});

describe('the time at which a drill was held', () => {
  it('is that of its id, and what it says itself where the id holds none', () => {
    expect(heldAt({ id: ulid(1_700_000_000_000), declaredAt: 5 })).toBe(1_700_000_000_000);
    expect(heldAt({ id: 'no-ulid', declaredAt: 5 })).toBe(5);
  });
});

describe('what a drill with real tools may do', () => {
  const change = (tool: string, args: readonly string[], env = {}) =>
    practiceProblem({ tool, args, env, effect: 'change' });

  it.each([
    ['an app that is not for practice', 'fly', ['deploy', '-a', 'shop'], {}, 'its app is shop'],
    [
      'one in a script, by a variable',
      'bash',
      ['-c', 'fly deploy --app "$SERVICE"'],
      { SERVICE: 'shop' },
      'its app is shop',
    ],
    ['the same written with =', 'fly', ['deploy', '--app=shop'], {}, 'its app is shop'],
    ['one of two', 'bash', ['-c', 'fly deploy -a shop-test && fly deploy -a shop'], {}, 'its app is shop'],
    [
      'a database',
      'psql',
      ['postgresql://u:p@db.example/prod?sslmode=require', '-f', 'x.sql'],
      {},
      'its database is prod',
    ],
    ['a database in the environment', 'psql', ['-f', 'x.sql'], { PGDATABASE: 'prod' }, 'its database is prod'],
    ['nothing that can be told', 'supabase', ['db', 'reset'], {}, 'it does not say what it would change'],
  ])('refuses %s', (_what, tool, args, env, why) => {
    expect(change(tool, args, env)).toBe(why);
  });

  it('lets what ends in -test be changed', () => {
    expect(change('fly', ['deploy', '-a', 'shop-test', '--image', 'registry.fly.io/shop:1'])).toBeNull();
    expect(change('psql', ['$URL'], { URL: 'postgresql://u:p@db.example/shop-test' })).toBeNull();
    expect(practiceProblem({ tool: 'curl', args: ['https://example.com'], env: {}, effect: 'read' })).toBeNull();
    expect(practiceProblem({ tool: 'fly', args: ['status', '-a', 'shop'], env: {}, effect: 'read' })).toBe(
      'its app is shop',
    );
  });
});
