/** The simulated supabase, version 2 or 3: backups, their restore, projects (supabase/cli pkg/api/types.gen.go:4464). */
import type { Exit } from '#core/ports.ts';
import type { ScenarioDatabase } from './scenario-database.ts';
import { exitCode, pause, type ToolCall } from './tool-call.ts';
import { restored } from './world-database.ts';

export async function supabase(call: ToolCall): Promise<Exit> {
  const scenario = call.world.read().database?.scenario;
  const version = scenario?.supabaseVersion ?? '2.48.3';
  const [group, command] = call.args;
  if (group === '--version') {
    call.write('stdout', `${version}\n`);
    return exitCode(0);
  }
  if (group === 'projects' && command === 'list') return await projects(call, scenario);
  if (group !== 'backups' || (command !== 'list' && command !== 'restore'))
    return fail(call, `unknown command "${call.args.join(' ')}"`);
  const third = version.startsWith('3.');
  const flag = call.args.indexOf('--project-ref');
  const named = third
    ? call.args.find((word) => word.startsWith('--remote='))?.slice('--remote='.length)
    : flag < 0
      ? undefined
      : call.args[flag + 1];
  if (named === undefined) return fail(call, 'Cannot find project ref. Have you run supabase link?');
  if (third) call.write('stderr', `Target: ${scenario?.supabaseTarget ?? `project ${named}`}\n`);
  await pause(call, 900);
  if (scenario === undefined || named !== scenario.project) return fail(call, 'Unexpected error: project not found');
  if (command === 'restore') return restore(call, scenario, third);
  const backups = scenario.backups.map(({ id, at, status }) => ({
    id,
    inserted_at: new Date(at).toISOString().replace('.000Z', 'Z'),
    is_physical_backup: true,
    status,
  }));
  const answer = {
    // The Go version prints null for an empty list.
    backups: backups.length === 0 && !third ? null : backups,
    physical_backup_data:
      scenario.pitr === undefined
        ? {}
        : {
            earliest_physical_backup_date_unix: scenario.pitr.from / 1_000,
            latest_physical_backup_date_unix: scenario.pitr.until / 1_000,
          },
    pitr_enabled: scenario.pitr !== undefined,
    region: 'us-east-1',
    walg_enabled: true,
  };
  call.write('stdout', `${JSON.stringify(answer, null, 2)}\n`);
  return exitCode(0);
}

/** How long a restore takes; the project is down meanwhile. */
const RESTORE_MS = 4 * 60_000;

/** Starts it and returns at once (supabase/cli internal/backups/restore). */
function restore(call: ToolCall, scenario: ScenarioDatabase, third: boolean): Exit {
  const to = Number(call.args[call.args.indexOf('-t') + 1]) * 1_000;
  if (third && !call.args.includes('--yes')) {
    call.write('stderr', 'Confirmation required. Nothing was changed.\nRe-run with --yes to confirm.\n');
    return exitCode(1);
  }
  if (scenario.pitr === undefined || !(to >= scenario.pitr.from && to <= scenario.pitr.until))
    return fail(call, 'unexpected restore backup status 400: {"message":"PITR is not enabled for that moment"}');
  const until = call.clock.now() + RESTORE_MS;
  call.world.update((world) =>
    world.database === undefined ? world : { ...world, database: restored(world.database, to, until) },
  );
  call.write('stderr', `Started PITR restore: ${scenario.project}\n`);
  return exitCode(0);
}

async function projects(call: ToolCall, scenario: ScenarioDatabase | undefined): Promise<Exit> {
  await pause(call, 600);
  const until = call.world.read().database?.restoringUntil ?? 0;
  const status = until > call.clock.now() ? 'RESTORING' : 'ACTIVE_HEALTHY';
  const list = scenario === undefined ? [] : [{ id: scenario.project, ref: scenario.project, name: 'drill', status }];
  call.write('stdout', `${JSON.stringify(list, null, 2)}\n`);
  return exitCode(0);
}

function fail(call: ToolCall, message: string): Exit {
  call.write('stderr', `${message}\nTry rerunning the command with --debug to troubleshoot the error.\n`);
  return exitCode(1);
}
