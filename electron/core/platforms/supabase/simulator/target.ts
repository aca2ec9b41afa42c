/** The target of a simulated supabase command: this machine, a project, or a database by its address. */
import type { ScenarioDatabase } from '#core/simulator/scenario-database.ts';
import type { ToolCall } from '#core/simulator/tool-call.ts';

/** An error: printed on stderr, exit code 1. */
export class Refused extends Error {
  /** Replaces the advice to use --debug. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export interface SupabaseCall extends ToolCall {
  readonly database: ScenarioDatabase;
  readonly isThree: boolean;
  /** From some version between 2.104.0 and 2.122.1 on: help on stderr, migrations in backticks. */
  readonly late: boolean;
}

export function valueOf(call: ToolCall, flag: string): string | undefined {
  const at = call.args.indexOf(flag);
  return (
    call.args.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) ??
    (at < 0 ? undefined : call.args[at + 1])
  );
}

/** `local`: the stack on this machine. A drill has no local stack and no linked project. */
export type Target = 'local' | 'hosted' | 'connection';

/** A PostgreSQL address given in place of a project, or null. */
export function connectionOf(call: ToolCall, isThree: boolean): URL | null {
  const given = valueOf(call, '--db-url') ?? (isThree ? valueOf(call, '--remote') : undefined) ?? '';
  return /^postgres(?:ql)?:\/\//.test(given) && URL.canParse(given) ? new URL(given) : null;
}

const customTarget = ({ hostname, port }: URL): string => `custom Postgres (${hostname}:${port || '5432'})`;

/** The project of a command; version 3 prints it on stderr. `unnamed`: the target when none is named. */
export function targetOf(call: SupabaseCall, unnamed: Target): Target {
  const { database, isThree } = call;
  const connection = connectionOf(call, isThree);
  if (connection !== null) {
    if (isThree && call.args.some((word) => word.startsWith('--db-url')))
      call.write(
        'stderr',
        'Warning: --db-url is deprecated and will be removed in v4. Use --remote=<db-url> instead\n',
      );
    if (isThree) call.write('stderr', `Target: ${customTarget(connection)}\n`);
    return 'connection';
  }
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
export const noLocalStack = (): Refused =>
  new Refused(
    'failed to connect to postgres: failed to connect to `host=127.0.0.1 user=postgres database=postgres`: dial error (connect ECONNREFUSED 127.0.0.1:54322)',
    'Make sure Docker is running, then run: supabase start',
  );

/** Version 3 changes nothing hosted without --yes; version 2 takes the default answer, or asks nothing at all. */
export function confirmed(call: SupabaseCall, what: string): void {
  const { database, isThree } = call;
  if (!isThree) return;
  const connection = connectionOf(call, isThree);
  const target =
    connection === null ? `project ${database.title} (${database.project}) · production` : customTarget(connection);
  if (!call.args.includes('--yes') && !['1', 'true'].includes(call.env['SUPABASE_YES'] ?? '')) {
    throw new Refused(
      `Confirmation required: ${what} (target: ${target}). This run can't ask because stdout is not a terminal. Nothing was changed.`,
      'Re-run with --yes to confirm.',
    );
  }
  call.write('stderr', `Confirmed by --yes: ${what} on ${target}\n`);
}

export const ANSWER_MS = 900;
