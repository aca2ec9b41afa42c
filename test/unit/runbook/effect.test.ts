import { describe, expect, it } from 'vitest';
import { readStatements } from '#shared/runbook/parser/statements.ts';

const EFFECTS = {
  read: [
    'fly releases -a web --json',
    'fly status',
    'flyctl logs -a web --no-tail',
    'fly auth whoami',
    'fly version',
    'fly -a web status',
    'fly machines list',
    'fly secrets list -a web',
    'curl -fsS https://x.org/health',
    'curl -X GET https://x.org',
    'psql "$URL" -X -At -c "select 1"',
    "psql $URL -c '\\dt public.*'",
    'git log --oneline',
    'git status',
    'supabase migration list --linked',
    'supabase backups list --project-ref x',
    'kubectl -n prod rollout history deploy/web',
    'pg_restore -l x.dump',
    'fly releases | head -3',
    'fly logs --no-tail > out.txt',
    'sudo systemctl status nginx',
    'helm --version',
    'fly status | tee out.txt',
  ],
  change: [
    'fly deploy -a web --image "$IMAGE"',
    'fly releases rollback v9',
    'fly secrets set A=b',
    'fly secrets unset A',
    'fly apps restart web',
    'fly machine restart 1',
    'curl -X POST https://x.org',
    'curl -XDELETE https://x.org',
    'curl --data a=b https://x.org',
    'psql "$URL" -f fix.sql',
    'psql "$URL" -c "delete from t"',
    'psql "$URL" -c "select 1; delete from t"',
    'fly status | sudo tee /etc/motd',
    'git checkout v9',
    'supabase migration repair 1 --status reverted',
    'supabase db push',
    'supabase db migration apply x.sql',
    'kubectl rollout undo deploy/web',
    'fly status && fly deploy',
    'sudo systemctl restart nginx',
    'pg_restore x.dump',
    'rm -rf x',
    'fly status -a "$(fly deploy)"',
  ],
  unknown: [
    'npm run monitor',
    './rollback.sh v9',
    'psql "$URL"',
    'psql "$URL" -c "select pg_terminate_backend(1)"',
    'psql "$URL" -c "select * into x from t"',
    'fly wings spread',
    'supabase db list-backups',
  ],
} as const;

describe('the effect of a command', () => {
  const cases = Object.entries(EFFECTS).flatMap(([effect, texts]) => texts.map((text) => [text, effect] as const));
  it.each(cases)('%s: %s', (text, effect) => {
    expect(readStatements(text).statements.map((statement) => statement.effect)).toEqual([effect]);
  });
});
