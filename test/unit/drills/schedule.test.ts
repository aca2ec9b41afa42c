import { describe, expect, it } from 'vitest';
import type { DrillRecord } from '#shared/drills/record.ts';
import { dueDrills, scheduleOf } from '#shared/drills/schedule.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';

const text = `# Shop

### Drill schedule

* **Before launch**: One full rollback drill
- After launch: a rollback drill every month
| Disaster recovery | Quarterly |
* Every 10 days: something small
* Nothing is said of time here

### Next
* every week: not of the schedule
`;
const sections = [
  { title: 'Shop', level: 1, line: 1 },
  { title: 'Drill schedule', level: 3, line: 3 },
  { title: 'Next', level: 3, line: 11 },
].map((section) => ({ ...section, id: section.title, facts: [], start: 0, end: 0 }));

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T12:00:00Z');
/** A runbook without procedures of its own for the drills before launch. */
const at = () => ({ runbook: { sections, procedures: [] }, now: NOW });
const record = (daysAgo: number, change: Partial<DrillRecord> = {}): DrillRecord => ({
  id: `drill-${daysAgo}`,
  kind: 'drill',
  adapter: 'simulated',
  title: 'Outage',
  severity: 'P0',
  heldAt: NOW - daysAgo * DAY,
  scenario: 'app-rollback',
  procedureId: 'application-rollback',
  autopilot: false,
  outcome: 'verified',
  expected: 'verified',
  targetMs: 300_000,
  mitigationMs: 100_000,
  containedMs: null,
  targetElapsedMs: 100_000,
  met: true,
  steps: [],
  deviations: [],
  stops: 0,
  ...change,
});

describe('the drill schedule of a runbook', () => {
  const entries = scheduleOf({ sections }, text);

  it('is read from lists and tables, as three kinds, with their lines', () => {
    expect(entries).toEqual([
      { kind: 'before-launch', text: 'Before launch: One full rollback drill', everyDays: null, line: 5 },
      { kind: 'rollback', text: 'After launch: a rollback drill every month', everyDays: 31, line: 6 },
      { kind: 'disaster-recovery', text: expect.stringContaining('Quarterly') as string, everyDays: 92, line: 7 },
      { kind: 'rollback', text: 'Every 10 days: something small', everyDays: 10, line: 8 },
    ]);
    expect(scheduleOf({ sections: sections.slice(0, 1) }, text)).toEqual([]);
  });

  it('tells what was never held, is due soon, and is overdue', () => {
    const standings = (records: readonly DrillRecord[]) =>
      dueDrills(entries, records, at()).map(({ standing }) => standing);
    expect(standings([])).toEqual(['never', 'never', 'never', 'never']);
    expect(standings([record(1)])).toEqual(['never', 'held', 'never', 'held']);
    expect(standings([record(1, { adapter: 'real' })])).toEqual(['held', 'held', 'never', 'held']);
    expect(standings([record(26)])).toEqual(['never', 'soon', 'never', 'overdue']);
    expect(standings([record(32)])).toEqual(['never', 'overdue', 'never', 'overdue']);
  });

  it('counts only drills that ended as they declare, and a disaster recovery only with real tools', () => {
    const monthly = entries.slice(1, 2);
    const standing = (each: DrillRecord) => dueDrills(monthly, [each], at())[0]?.standing;
    expect(standing(record(1, { kind: 'live' }))).toBe('never');
    expect(standing(record(1, { outcome: 'unverified' }))).toBe('never');
    expect(standing(record(1, { outcome: 'failed', expected: 'failed' }))).toBe('held');
    const recovery = { procedureId: 'disaster-recovery-drill', expected: null };
    const quarterly = entries.slice(2, 3);
    expect(dueDrills(quarterly, [record(1, recovery)], at())[0]?.standing).toBe('never');
    expect(dueDrills(quarterly, [record(1, { ...recovery, adapter: 'real' })], at())[0]?.standing).toBe('held');
  });

  it('needs a person: a drill of the autopilot counts for nothing', () => {
    const real = { adapter: 'real', autopilot: true } as const;
    const drills = [record(1, { autopilot: true }), record(1, real), record(1, { ...real, procedureId: 'disaster' })];
    expect(dueDrills(entries, drills, at()).map(({ standing }) => standing)).toEqual([
      'never',
      'never',
      'never',
      'never',
    ]);
  });

  it('before launch needs each procedure of its section, with real tools, and is as old as the older one', () => {
    const first = entries.slice(0, 1);
    const held = (...records: readonly DrillRecord[]) =>
      dueDrills(first, records, { runbook: bundledRunbook(), now: NOW })[0]?.last?.incidentId ?? null;
    const application = record(3, { procedureId: 'test-of-the-application-rollback', adapter: 'real', expected: null });
    const database = record(8, { procedureId: 'test-of-the-database-rollback', adapter: 'real', expected: null });
    expect(held(record(1), record(2, { adapter: 'real' }))).toBeNull();
    expect(held(application)).toBeNull();
    expect(held(application, { ...database, adapter: 'simulated' })).toBeNull();
    expect(held(application, database)).toBe('drill-8');
  });
});
