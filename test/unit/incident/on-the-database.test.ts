/** Which kinds of steps work on the declared database, and which change it: read off what a person meets. */
import { describe, expect, it } from 'vitest';
import { bypassTarget } from '#shared/incident/bypass-target.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { IncidentEvents, SERVICE } from '../../fixtures/incident-events.ts';
import { APP, RUNBOOK } from '../../fixtures/runbook-model.ts';

const [app] = RUNBOOK.procedures;
const [anyStep] = app?.steps ?? [];
if (app === undefined || anyStep === undefined) throw new Error('the fixture has steps');

/** A runbook whose one procedure has one step of this kind. */
const only = (kind: StepKind): Runbook => ({
  ...RUNBOOK,
  procedures: [{ ...app, steps: [{ ...anyStep, kind }] }],
});

const TARGET = { host: 'db.test', port: 5432, project: 'hotdashproduction', name: 'postgres', user: 'postgres' };

function identified(): IncidentState {
  const target = { ...TARGET, address: null, serverVersion: '15.18' };
  const events = new IncidentEvents()
    .add('procedure.chosen', { procedureId: APP, reason: '' })
    .add('database.identified', { stepId: anyStep?.id ?? '', target, mismatches: [] });
  return reduce(events.events) as IncidentState;
}

describe('going on without approval', () => {
  it.each<StepKind>(['run-manual-sql', 'run-rollback-sql', 'restore-database'])(
    'asks for the database in a procedure with %s',
    (kind) => {
      expect(bypassTarget(identified(), only(kind))).toBe('hotdashproduction');
    },
  );

  it.each<StepKind>(['deploy-release', 'verify-database', 'identify-database', 'dump-tables'])(
    'asks for the service in a procedure with %s, which changes no database',
    (kind) => {
      expect(bypassTarget(identified(), only(kind))).toBe(SERVICE);
    },
  );
});

describe('a runbook that declares no database', () => {
  const gapsOf = (kind: string): readonly string[] =>
    parseRunbook(
      [
        '# R',
        '',
        '## Option 2: Database',
        '',
        '1. **Do it**',
        `   \`\`\`bash step=${kind}`,
        '   psql -f x.sql',
        '   ```',
      ].join('\n'),
      'r.md',
    ).model.gaps.map(({ code }) => code);

  it.each([
    'run-manual-sql',
    'run-rollback-sql',
    'identify-database',
    'choose-migration',
    'dump-tables',
    'verify-database',
  ])('is told so for a step of kind %s', (kind) => {
    expect(gapsOf(kind)).toContain('no-database');
  });

  it('is not told so for a deploy', () => {
    expect(gapsOf('deploy-release')).not.toContain('no-database');
  });
});
