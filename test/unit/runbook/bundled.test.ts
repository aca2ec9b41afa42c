import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { readStatements } from '#shared/runbook/parser/statements.ts';
import { bundled, reassembled } from './fixtures.ts';

const parsed = parseRunbook(bundled(), 'hotdash.md');
const { model, source } = parsed;
const everyCommand = [
  ...model.procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...model.otherCommands,
];

describe('the bundled runbook', () => {
  it('has no gaps and loses nothing', () => {
    expect(model.gaps).toEqual([]);
    expect(reassembled(parsed)).toBe(source);
    expect(model.repaired).toBe(false);
  });

  it('has the ten rows with targets and procedures that exist', () => {
    expect(
      model.matrix.rows.map(({ severity, target, procedures }) => [
        severity,
        target.ms,
        procedures[0] ?? 'fix forward',
      ]),
    ).toEqual([
      ['P0', 300_000, 'maintenance-mode'],
      ['P0', 300_000, 'stop-all-machines'],
      ['P0', 300_000, 'application-rollback'],
      ['P0', 600_000, 'application-rollback'],
      ['P1', 900_000, 'application-rollback'],
      ['P1', 900_000, 'application-rollback'],
      ['P1', 900_000, 'application-rollback'],
      ['P2', 1_800_000, 'application-rollback'],
      ['P2', 3_600_000, 'fix forward'],
      ['P3', null, 'fix forward'],
    ]);
  });

  it('declares its services with the health addresses as they are', () => {
    expect(model.settings.services.map(({ id, platform, health }) => [id, platform, health])).toEqual([
      ['hotdash-agent-service', 'fly', 'https://hotdash-agent-service.fly.dev/health'],
      ['hotdash-llamaindex-mcp', 'fly', 'https://hotdash-llamaindex-mcp.fly.dev/health'],
      ['hotdash-app', 'fly', 'https://app.hotdash.com/health'],
    ]);
    expect([model.settings.reviewEveryDays, model.settings.lastReviewed]).toEqual([90, '2026-11-23']);
  });

  it('says who decides: by severity, and the manager on the database', () => {
    expect(
      model.authority.map(({ severities, procedures, approver }) => ({ severities, procedures, approver })),
    ).toEqual([
      { severities: ['P0'], procedures: [], approver: 'anyone' },
      { severities: ['P1'], procedures: [], approver: 'team-lead' },
      { severities: ['P2', 'P3'], procedures: [], approver: 'manager' },
      { severities: [], procedures: ['database-rollback'], approver: 'manager' },
    ]);
  });

  it('has an executable application rollback', () => {
    const [option] = model.procedures;
    expect(option?.id).toBe('application-rollback');
    expect(
      option?.steps.map(({ number, title, kind, commands, checks, watch }) => ({
        step: `${number} ${kind} ${title}`,
        commands: commands.map(({ text, effect, form, usualMs, timeoutMs }) => [
          text,
          effect,
          form,
          usualMs,
          timeoutMs,
        ]),
        checks: checks.length,
        watch,
      })),
    ).toEqual([
      {
        step: '1 choose-release Choose the release to go back to',
        commands: [
          ['fly releases -a "$SERVICE" --json', 'read', 'words', null, 15_000],
          ['fly status -a "$SERVICE" --json', 'read', 'words', null, 15_000],
        ],
        checks: 0,
        watch: null,
      },
      {
        step: '2 deploy-release Deploy its image',
        commands: [
          [
            'fly deploy -a "$SERVICE" --image "$IMAGE" --remote-only --skip-release-command --dns-checks=false --wait-timeout 3m --yes',
            'change',
            'words',
            90_000,
            null,
          ],
        ],
        checks: 0,
        watch: null,
      },
      {
        step: '3 confirm-effective Confirm that the symptom is gone',
        commands: [
          ['curl -fsS --max-time 10 "$HEALTH_URL"', 'read', 'words', null, 15_000],
          ['fly status -a "$SERVICE" --json', 'read', 'words', null, 15_000],
        ],
        checks: 0,
        watch: null,
      },
      { step: '4 task Try the critical paths', commands: [], checks: 4, watch: null },
      {
        step: '5 watch Watch for 30 minutes',
        commands: [
          ['curl -fsS --max-time 10 "$HEALTH_URL"', 'read', 'words', null, 15_000],
          ['fly logs -a "$SERVICE" --no-tail --json', 'read', 'words', null, 30_000],
        ],
        checks: 0,
        watch: { minutes: 30, checkpoints: [15] },
      },
    ]);
  });

  it('has the other three options, the fast stop and what is only practised, with their steps', () => {
    expect(
      model.procedures
        .slice(1)
        .map(({ id, steps }) => [id, steps.length, steps.flatMap(({ commands }) => commands).length]),
    ).toEqual([
      ['database-rollback', 9, 11],
      ['full-system-rollback', 6, 13],
      ['maintenance-mode', 6, 5],
      ['stop-all-machines', 5, 7],
      ['test-of-the-application-rollback', 5, 7],
      ['test-of-the-database-rollback', 4, 5],
      ['disaster-recovery', 4, 4],
    ]);
  });

  it('watches for 30 minutes, with a checkpoint at 15, after each option that puts something back', () => {
    const watched = model.procedures.flatMap(({ id, steps }) =>
      steps.flatMap(({ kind, watch }) => (kind === 'watch' ? [[id, watch]] : [])),
    );
    const watch = { minutes: 30, checkpoints: [15] };
    expect(watched).toMatchObject([
      ['application-rollback', watch],
      ['database-rollback', watch],
      ['full-system-rollback', watch],
    ]);
  });

  it('has the checklists and the three messages', () => {
    expect(model.checklists.map(({ id, items }) => [id, items.length])).toEqual([
      ['pre-rollback-checklist', 5],
      ['immediately-within-15-minutes', 4],
      ['prevention-checklist', 5],
    ]);
    expect(model.messages.map(({ text }) => text.split('\n')[0])).toEqual([
      '🚨 ROLLBACK INITIATED',
      '🔧 Maintenance in progress',
      '✅ ROLLBACK COMPLETE',
    ]);
  });

  it('keeps the contacts, the drill schedule and the documents as facts of their sections', () => {
    const facts = (id: string): readonly string[] =>
      model.sections.find((section) => section.id === id)?.facts.map(({ value }) => value) ?? [];
    expect(facts('emergency-contact')).toEqual([
      'Post in the Slack channel #hotdash-emergency',
      'Call the on-call engineer; the number is in the team contact list',
      'Manager, then Engineering Lead, then CTO',
    ]);
    expect(facts('drill-schedule')).toHaveLength(3);
    expect(facts('related-documents')).toHaveLength(4);
  });
});

describe("the bundled runbook's commands", () => {
  it.each(everyCommand.map((command) => [command.line, command.text, command] as const))(
    'line %d: %s',
    (_line, text, command) => {
      expect(readStatements(text).error).toBeNull();
      // Plain words only: nothing that hides an exit code, writes over a file or needs a shell.
      expect(command.form).toBe('words');
      expect(text).not.toMatch(/\[|<|\|/);
      // Every variable stands in double quotes.
      expect(text.replaceAll(/"[^"]*"/g, '')).not.toContain('$');
      // Commands that never existed, empty a database, or never end (facts of flyctl v0.4.87 and supabase 2 and 3).
      expect(text).not.toMatch(
        /releases rollback|db (?:migrations?|list-backups|restore)|apps restart|migration down|db reset/,
      );
      if (text.startsWith('fly logs')) {
        expect(text).toContain('--no-tail');
        expect(command.timeoutMs).not.toBeNull();
      }
      if (text.startsWith('fly deploy')) expect(text).toMatch(/--remote-only.*--dns-checks=false.*--yes$/);
      if (text.startsWith('psql')) expect(text).toMatch(/ -X -v ON_ERROR_STOP=1 /);
      if (text.startsWith('curl')) expect(text).toMatch(/ --max-time \d+/);
    },
  );

  it('cover every tool of the runbook', () => {
    expect(new Set(everyCommand.map(({ tool }) => tool))).toEqual(
      new Set(['fly', 'curl', 'psql', 'pg_dump', 'pg_restore', 'supabase', 'npm', 'git']),
    );
  });
});

/** Names and figures a reader of the old text would look for. */
const FACTS = [
  ['October 12, 2025', 'HIGH', 'Procedures verified'],
  ['#hotdash-emergency', 'on-call engineer', 'Manager, then Engineering Lead, then CTO', 'contact list'],
  [
    'lost or corrupted',
    'vulnerability',
    'outage',
    '50%',
    '10-50%',
    '2 s',
    'Several operators',
    'One operator',
    'Minor UX',
    'Cosmetic',
  ],
  ['<5 min', '<10 min', '<15 min', '<30 min', '<1 hour', 'Next release'],
  ['Any engineer', 'Team lead approval', 'Manager approval', 'spoken'],
  [
    'Identify the problem',
    'Verify that a rollback is necessary',
    'Get approval',
    'Notify the team',
    'Capture the current state',
  ],
  ['2-5 minutes', '10-30 minutes', '15-30 minutes', '5 minutes to switch on', '30 minutes in all'],
  ['/approvals', 'Chatwoot', 'One approval', 'DATA LOSS POSSIBLE', 'explicit approval', 'Last resort'],
  ['20251011150400_agent_approvals', 'agent_approvals', "'pending'", 'schema_migrations'],
  ['npm run monitor:stats', 'npm run test:agent-sdk', 'MAINTENANCE_MODE=true', '#hotdash-support'],
  ['below 1%', 'every 5 minutes', 'for 30 minutes', 'Within 1 hour', 'Within 24 hours', 'within 15 minutes'],
  [
    'Root Cause',
    'Lessons Learned',
    'Action Items',
    'Resolution',
    'Incident Report',
    'Impact',
    'Duration',
    'Timeline',
    'retrospective',
  ],
  [
    'hotdash-agent-service-test',
    'One full rollback drill',
    'every month',
    'Quarterly',
    'disaster recovery',
    'Measure the time',
  ],
  [
    'scripts/emergency/quick-rollback.sh',
    'v9',
    'fly secrets list',
    'fly auth login',
    'https://fly.io/dashboard',
    'git tag',
  ],
  ['the rollback fails', 'will not roll back', 'healthy but the application', 'cannot be reached', 'external APIs'],
  [
    'Unit tests',
    'Integration tests',
    'End-to-end tests',
    '24 hours of testing in staging',
    'traffic is low',
    'Feature flags',
    'Alerts',
  ],
  [
    'docs/LAUNCH_DAY_CHECKLIST.md',
    'docs/POST_LAUNCH_SUPPORT_PLAN.md',
    'docs/MONITORING_AND_ALERTING.md',
    'docs/INCIDENT_RESPONSE.md',
  ],
  ['1.0', '2025-10-12', 'Engineer Helper', 'after every incident'],
].flat();

describe("the bundled runbook's facts", () => {
  it.each(FACTS)('%s', (fact) => {
    expect(source.replace(/\s+/g, ' ')).toContain(fact);
  });
});
