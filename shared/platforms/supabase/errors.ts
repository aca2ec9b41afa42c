/**
 * Explains a failed supabase command. Every failure has exit code 1, so texts are matched. They are those of 2.104.0 (and its
 * supabase-go), 2.122.1 and 3.1.0, recorded in test/fixtures/tools/failures.json.
 */
import type { Signature } from '../error-signature.ts';
import { IN_THE_WAY } from '../generic/connection-errors.ts';

export const SUPABASE_FAILURES: readonly Signature[] = [
  {
    code: 'login-expired',
    text: /Access token not provided|Invalid access token format|status 401\b|\b401:|Unauthorized/i,
    sentence: 'The Supabase login is missing, or its token is not accepted.',
    next: 'Run `supabase login` in a terminal, or set SUPABASE_ACCESS_TOKEN, then take up this step again.',
  },
  {
    code: 'not-confirmed',
    text: /Confirmation required:|Nothing was changed|context canceled/,
    sentence: 'It wanted a confirmation and had nobody to ask; nothing was changed.',
    next: 'Version 3 takes `--yes` for what it changes on a hosted project; read what it names first.',
  },
  {
    code: 'project-not-named',
    text: /Cannot find project ref|Invalid project ref format/,
    sentence: 'The command does not say which project it is for.',
    next: 'Name it: `--project-ref REF` with version 2, `--remote=REF` with version 3.',
  },
  {
    code: 'project-not-found',
    text: /status 404\b|\b404:|project not found|no branch/i,
    sentence: 'There is no such project, or this login may not see it.',
    next: 'Compare the project ref with `supabase projects list`.',
  },
  {
    code: 'needs-docker',
    text: /Docker daemon|Docker Desktop is a prerequisite/,
    sentence: 'This command needs Docker, which does not run here. A file it was to write may be there, and empty.',
    next: 'Use `pg_dump` with the connection string instead, or start Docker.',
  },
  {
    code: 'no-ipv6',
    text: /IPv6 is not supported on your current network|[Nn]etwork is unreachable|Cannot assign requested address/,
    sentence: 'The database has only an IPv6 address, and this network has none.',
    next: 'Use the connection string of the session pooler (port 5432).',
  },
  {
    code: 'password-wrong',
    text: /password authentication failed|28P01/,
    sentence: 'The database does not accept the password.',
    next: 'Correct the connection string, or set SUPABASE_DB_PASSWORD.',
  },
  {
    code: 'tenant-unknown',
    text: /Tenant or user not found|ENOTFOUND\) tenant/i,
    sentence: 'The pooler knows no such project or user.',
    next: 'Its user is `postgres.PROJECT_REF` and its host that of the region of the project; a paused project is not known either.',
  },
  {
    code: 'too-many-connections',
    text: /too many clients already|remaining connection slots|too many connections|MaxClientsInSessionMode|max clients reached/i,
    sentence: 'The database has no connection left.',
    next: 'Close some (pg_stat_activity shows whose they are), or use the transaction pooler for what only reads.',
  },
  {
    code: 'starting',
    text: /the database system is (?:starting up|in recovery mode|shutting down|not (?:yet )?accepting connections)/,
    sentence: 'The database is starting, recovering or shutting down.',
    next: 'Wait for half a minute and ask again; if it stays so, look at its logs and its disk.',
  },
  ...IN_THE_WAY,
  {
    code: 'no-connection',
    text: /failed to connect to postgres/,
    sentence: 'There is no connection to the database.',
    next: 'Check host and port, VPN, and the Network Restrictions of the project.',
  },
  {
    code: 'no-network',
    text: /Transport error|TransportError|dial tcp|failed to dial|ENOTFOUND|ECONNREFUSED/,
    sentence: 'Supabase could not be reached from this machine.',
    next: 'Check the network and the VPN; status.supabase.com tells whether Supabase itself is down.',
  },
  {
    code: 'unknown-command',
    text: /unknown (?:sub)?command|unknown (?:shorthand )?flag|Unrecognized flag|Unknown (?:flag|option)/i,
    sentence: 'This supabase has no such command or flag; nothing was changed.',
    next: 'Correct the runbook: `rollbook check` says what exists in the installed version.',
  },
];
