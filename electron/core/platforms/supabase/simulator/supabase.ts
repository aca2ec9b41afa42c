/**
 * The simulated supabase, version 2 or 3: projects, backups, and the migration history. The two use different
 * targets when none is named. Only version 3 prints its target on stderr, and asks before it changes a hosted one.
 * Compared with 2.104.0, 2.122.1 and 3.1.0 run against servers of the tests (test/tools/parity), and to supabase/cli's sources for the rest.
 */
import type { Exit } from '#core/ports.ts';
import { exitCode, pause, type ToolCall, IN_TERMINAL } from '#core/simulator/tool-call.ts';
import { restored } from '../../postgres/simulator/simulated-database.ts';
import { listMigrations, repairMigrations } from './migrations.ts';
import { backupsJson, backupsTable, projectsJson, projectsTable } from './output.ts';
import { ANSWER_MS, confirmed, connectionOf, Refused, type SupabaseCall, targetOf, valueOf } from './target.ts';

type Command = (call: SupabaseCall) => Promise<void>;

export async function supabase(call: ToolCall): Promise<Exit> {
  const database = call.cloud.read().database?.scenario;
  const version = database?.supabaseVersion ?? '2.48.3';
  if (call.args.includes('--version') || call.args.includes('-v')) {
    call.write('stdout', `${version}\n`);
    return exitCode(0);
  }
  if (call.args[0] === 'login') return await supabaseLogin(call);
  const isThree = version.startsWith('3.');
  const late = isThree || Number(version.split('.')[1]) >= 122;
  try {
    const command = found(call, isThree, late);
    if (connectionOf(call, isThree) === null) loggedIn(call);
    if (database === undefined) throw new Refused('Cannot find project ref. Have you run supabase link?');
    await command({ ...call, database, isThree, late });
    return exitCode(0);
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    call.write('stderr', thrown.message === '' ? '' : `${thrown.message}\n`);
    call.write('stderr', `${thrown.hint ?? 'Try rerunning the command with --debug to troubleshoot the error.'}\n`);
    return exitCode(1);
  }
}

const GROUPS: Readonly<
  Record<string, { readonly about: string; readonly commands: Readonly<Record<string, Command>> }>
> = {
  projects: { about: 'Manage Supabase projects', commands: { list: listProjects } },
  backups: { about: 'Manage Supabase physical backups', commands: { list: listBackups, restore: restoreBackup } },
  migration: {
    about: 'Manage database migration scripts',
    commands: { list: listMigrations, repair: repairMigrations },
  },
  db: { about: 'Manage Postgres databases.', commands: {} },
};
const ALIASES: Readonly<Record<string, string>> = { migrations: 'migration' };
/** Commands that exist but are not simulated. */
const NOT_PLAYED: Readonly<Record<string, readonly string[]>> = {
  db: ['diff', 'dump', 'lint', 'pull', 'push', 'query', 'reset', 'start'],
  migration: ['down', 'fetch', 'new', 'squash', 'up'],
};

/** 2.104.0 prints the help of the group on stdout, later ones on stderr; all end with 1. */
function found(call: ToolCall, isThree: boolean, late: boolean): Command {
  const [first = '', second = ''] = call.args.filter((word) => !word.startsWith('-'));
  const name = ALIASES[first] ?? first;
  const group = GROUPS[name];
  const command = group?.commands[second];
  if (command !== undefined) return command;
  if (NOT_PLAYED[name]?.includes(second) === true) {
    throw new Refused(`the drill simulator does not play "supabase ${name} ${second}"`);
  }
  const path = group === undefined ? 'supabase' : `supabase ${name}`;
  const about = group?.about ?? (isThree ? 'Supabase CLI.' : 'Supabase CLI (stable channel).');
  const help = `DESCRIPTION\n  ${about}\n\nUSAGE\n  ${path} <subcommand> [flags]\n\n`;
  call.write(late ? 'stderr' : 'stdout', help);
  const word = group === undefined ? first : second;
  if (word === '') throw new Refused('', 'Help requested');
  call.write('stderr', `\nERROR\n  Unknown subcommand "${word}" for "${path}"\n`);
  throw new Refused('Help requested');
}

function loggedIn(call: ToolCall): void {
  const { login, trouble } = call.cloud.read().scenario;
  if (trouble.networkDown) {
    throw new Refused(
      'failed to list projects: HttpClientError: Transport error (GET https://api.supabase.com/v1/projects)',
    );
  }
  if (login.supabase === 'none') {
    throw new Refused(
      'Access token not provided. Supply an access token by running `supabase login` or setting the SUPABASE_ACCESS_TOKEN environment variable.',
    );
  }
}

const asJson = (call: ToolCall): boolean => [valueOf(call, '-o'), valueOf(call, '--output')].includes('json');

async function listProjects(call: SupabaseCall): Promise<void> {
  await pause(call, ANSWER_MS);
  call.write('stdout', asJson(call) ? projectsJson(call.database, statusNow(call)) : projectsTable(call.database));
  call.write('stderr', 'Cannot find project ref. Have you run supabase link?\n');
}

async function listBackups(call: SupabaseCall): Promise<void> {
  targetOf(call, 'hosted');
  await pause(call, ANSWER_MS);
  call.write('stdout', asJson(call) ? backupsJson(call.database, call.isThree) : backupsTable(call.database));
}

/** Returns at once. The restore takes minutes, during which the project does not answer. */
async function restoreBackup(call: SupabaseCall): Promise<void> {
  targetOf(call, 'hosted');
  const moment = valueOf(call, '-t') ?? valueOf(call, '--timestamp') ?? '0';
  confirmed(call, `Restore the database to Unix timestamp ${moment} (PITR)`);
  await pause(call, ANSWER_MS);
  const { pitr, project } = call.database;
  const to = Number(moment) * 1_000;
  if (pitr !== undefined && !(to >= pitr.from && to <= pitr.until))
    throw new Refused('unexpected restore backup status 400: {"message":"PITR is not enabled for that moment"}');
  const until = call.clock.now() + RESTORE_MS;
  call.cloud.update((cloud) =>
    cloud.database === undefined || pitr === undefined
      ? cloud
      : { ...cloud, database: restored(cloud.database, to, until) },
  );
  call.write('stderr', `Started PITR restore: ${project}\n`);
}

/** How long a restore takes. The project does not answer during it. */
const RESTORE_MS = 4 * 60_000;

const statusNow = (call: SupabaseCall): string =>
  (call.cloud.read().database?.restoringUntil ?? 0) > call.clock.now() ? 'RESTORING' : 'ACTIVE_HEALTHY';

const SIGN_IN_MS = 8_000;

/** Refuses without a terminal (supabase/cli internal/login/login.go), else a person signs in. */
async function supabaseLogin(call: ToolCall): Promise<Exit> {
  if (call.env[IN_TERMINAL] === undefined) {
    call.write(
      'stderr',
      'Cannot use automatic login flow inside non-TTY environments. Please provide --token flag or set the SUPABASE_ACCESS_TOKEN environment variable.\n',
    );
    return exitCode(1);
  }
  call.write('stdout', 'Hello from Supabase! Press Enter to open browser and login automatically.\n');
  await pause(call, SIGN_IN_MS);
  call.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, supabase: 'valid' } },
  }));
  call.write('stdout', 'You are now logged in. Happy coding!\n');
  return exitCode(0);
}
