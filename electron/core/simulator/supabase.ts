/**
 * The simulated supabase, version 2 or 3: projects, backups, and the migration history. The two take opposite targets
 * when none is named; only version 3 says on stderr which one it took, and asks before it changes one that is hosted.
 * Held to 2.104.0 and 3.1.0 run against a server of the tests, and to supabase/cli's sources for the rest.
 */
import type { Exit } from '#core/ports.ts';
import type { ScenarioDatabase } from './scenario-database.ts';
import { backupsJson, backupsTable, migrationsTable, projectsJson, projectsTable } from './supabase-output.ts';
import { supabaseLogin } from './supabase-login.ts';
import { restored } from './world-database.ts';
import { exitCode, pause, type ToolCall } from './tool-call.ts';

/** What ends with 1 and this on stderr. */
class Refused extends Error {
  /** What stands in place of the advice to use --debug. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

interface SupabaseCall extends ToolCall {
  readonly database: ScenarioDatabase;
  readonly isThree: boolean;
}

type Command = (call: SupabaseCall) => Promise<void>;

export async function supabase(call: ToolCall): Promise<Exit> {
  const database = call.world.read().database?.scenario;
  const version = database?.supabaseVersion ?? '2.48.3';
  if (call.args.includes('--version') || call.args.includes('-v')) {
    call.write('stdout', `${version}\n`);
    return exitCode(0);
  }
  if (call.args[0] === 'login') return await supabaseLogin(call);
  const isThree = version.startsWith('3.');
  try {
    const command = found(call, isThree);
    loggedIn(call);
    if (database === undefined) throw new Refused('Cannot find project ref. Have you run supabase link?');
    await command({ ...call, database, isThree });
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
  migration: { about: 'Manage database migration scripts', commands: { list: listMigrations, repair: repair } },
  db: { about: 'Manage Postgres databases.', commands: {} },
};
const ALIASES: Readonly<Record<string, string>> = { migrations: 'migration' };
/** Commands that exist but have no part in a drill. */
const NOT_PLAYED: Readonly<Record<string, readonly string[]>> = {
  db: ['diff', 'dump', 'lint', 'pull', 'push', 'query', 'reset', 'start'],
  migration: ['down', 'fetch', 'new', 'squash', 'up'],
};

/** Version 2 prints the help of the group on stdout, version 3 on stderr; both end with 1. */
function found(call: ToolCall, isThree: boolean): Command {
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
  call.write(isThree ? 'stderr' : 'stdout', help);
  const word = group === undefined ? first : second;
  if (word === '') throw new Refused('', 'Help requested');
  call.write('stderr', `\nERROR\n  Unknown subcommand "${word}" for "${path}"\n`);
  throw new Refused('Help requested');
}

function loggedIn(call: ToolCall): void {
  const { login, trouble } = call.world.read().scenario;
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

function valueOf(call: ToolCall, flag: string): string | undefined {
  const at = call.args.indexOf(flag);
  return (
    call.args.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) ??
    (at < 0 ? undefined : call.args[at + 1])
  );
}

/** `local`: what runs on this machine. A drill has no stack of its own and no linked project. */
type Target = 'local' | 'hosted';

/** The project a command is for, said on stderr by version 3. `unnamed`: what it takes when none is named. */
function targetOf(call: SupabaseCall, unnamed: Target): Target {
  const { database, isThree } = call;
  const remote = valueOf(call, '--remote');
  const old = valueOf(call, '--project-ref');
  if (isThree && old !== undefined) {
    call.write(
      'stderr',
      'Warning: --project-ref is deprecated and will be removed in v4. Use --remote=<branch> instead\n',
    );
  }
  if (!isThree && remote !== undefined) {
    call.write(
      'stderr',
      `\nERROR\n  Unrecognized flag: --remote in command supabase ${call.args.slice(0, 2).join(' ')}\n`,
    );
    throw new Refused('Help requested');
  }
  const ref = isThree ? (remote ?? old) : old;
  const local =
    call.args.includes('--local') || (ref === undefined && !call.args.includes('--linked') && unnamed === 'local');
  const target = database.supabaseTarget ?? (local ? LOCAL : `project ${database.title} (${ref ?? ''}) · production`);
  if (local || target === LOCAL) {
    if (isThree) call.write('stderr', `Target: ${LOCAL}\n`);
    if (local) return 'local';
  } else if (ref === undefined) throw new Refused('Cannot find project ref. Have you run supabase link?');
  else if (!/^[a-z]{20}$/.test(ref)) throw new Refused(notARef(ref, isThree));
  else if (isThree) call.write('stderr', `Target: ${target}\n`);
  if (ref !== undefined && ref !== database.project)
    throw new Refused('Unexpected error retrieving project: {"message":"Not found"}');
  return 'hosted';
}

const LOCAL = 'local stack (127.0.0.1:54322)';

const notARef = (ref: string, isThree: boolean): string =>
  isThree
    ? `Cannot resolve "${ref}": it is not a project ref (refs are exactly 20 lowercase letters, like \`abcdefghijklmnopqrst\`), so it was treated as a branch name — but no project is linked to search for it.`
    : 'Invalid project ref format. Must be like `abcdefghijklmnopqrst`.';

/** The local stack of a drill does not run. */
const noLocalStack = (): Refused =>
  new Refused(
    'failed to connect to postgres: failed to connect to `host=127.0.0.1 user=postgres database=postgres`: dial error (connect ECONNREFUSED 127.0.0.1:54322)',
    'Make sure Docker is running, then run: supabase start',
  );

/** Version 3 changes nothing hosted without --yes; version 2 takes the default answer, or asks nothing at all. */
function confirmed(call: SupabaseCall, what: string): void {
  const { database, isThree } = call;
  if (!isThree) return;
  const target = `project ${database.title} (${database.project}) · production`;
  if (!call.args.includes('--yes') && !['1', 'true'].includes(call.env['SUPABASE_YES'] ?? '')) {
    throw new Refused(
      `Confirmation required: ${what} (target: ${target}). This run can't ask because stdout is not a terminal. Nothing was changed.`,
      'Re-run with --yes to confirm.',
    );
  }
  call.write('stderr', `Confirmed by --yes: ${what} on ${target}\n`);
}

const asJson = (call: ToolCall): boolean => [valueOf(call, '-o'), valueOf(call, '--output')].includes('json');
const ANSWER_MS = 900;

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

/** Comes back at once: the restore itself goes on for minutes, with the project away. */
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
  call.world.update((world) =>
    world.database === undefined || pitr === undefined
      ? world
      : { ...world, database: restored(world.database, to, until) },
  );
  call.write('stderr', `Started PITR restore: ${project}\n`);
}

/** How long a restore takes; the project is away meanwhile. */
const RESTORE_MS = 4 * 60_000;

const statusNow = (call: SupabaseCall): string =>
  (call.world.read().database?.restoringUntil ?? 0) > call.clock.now() ? 'RESTORING' : 'ACTIVE_HEALTHY';

async function listMigrations(call: SupabaseCall): Promise<void> {
  if (targetOf(call, call.isThree ? 'local' : 'hosted') === 'local') throw noLocalStack();
  if (!call.isThree) call.write('stderr', 'Initialising login role...\nConnecting to remote database...\n');
  await pause(call, ANSWER_MS);
  const remote = call.world.read().database?.migrations.map(({ version }) => version) ?? [];
  call.write('stdout', migrationsTable([], remote));
}

/** Takes a row out of the history, or puts one in; it runs no SQL of the migration. */
async function repair(call: SupabaseCall): Promise<void> {
  const local = targetOf(call, call.isThree ? 'local' : 'hosted') === 'local';
  if (local) throw noLocalStack();
  const status = valueOf(call, '--status');
  const versions = call.args.slice(2).filter((word) => /^\d{14}$/.test(word));
  if (status !== 'reverted' && status !== 'applied') throw new Refused('required flag(s) "status" not set');
  // Without versions it would repair all, asks, and takes no for the answer of a run without a terminal.
  if (versions.length === 0) throw new Refused('context canceled');
  confirmed(call, `Repair the migration history: [${versions.join(' ')}] => ${status}`);
  if (!call.isThree) call.write('stderr', 'Initialising login role...\nConnecting to remote database...\n');
  await pause(call, ANSWER_MS);
  call.world.update((world) => {
    const { database } = world;
    if (database === undefined) return world;
    const kept = database.migrations.filter(({ version }) => !versions.includes(version));
    const added = status === 'applied' ? versions.map((version) => ({ version, name: '' })) : [];
    return { ...world, database: { ...database, migrations: [...kept, ...added] } };
  });
  call.write('stderr', `Repaired migration history: [${versions.join(' ')}] => ${status}\n`);
  call.write('stdout', 'Finished supabase migration repair.\n');
}
