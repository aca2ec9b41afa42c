/** The simulated supabase, version 2 or 3: the list of backups (supabase/cli pkg/api/types.gen.go:4464). */
import type { Exit } from '#core/ports.ts';
import { exitCode, pause, type ToolCall } from './tool-call.ts';

export async function supabase(call: ToolCall): Promise<Exit> {
  const scenario = call.world.read().database?.scenario;
  const version = scenario?.supabaseVersion ?? '2.48.3';
  const [group, command] = call.args;
  if (group === '--version') {
    call.write('stdout', `${version}\n`);
    return exitCode(0);
  }
  if (group !== 'backups' || command !== 'list') return fail(call, `unknown command "${call.args.join(' ')}"`);
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
  const backups = scenario.backups.map(({ id, at, status }) => ({
    id,
    inserted_at: new Date(at).toISOString().replace('.000Z', 'Z'),
    is_physical_backup: true,
    status,
  }));
  const answer = {
    // The Go version prints null for an empty list.
    backups: backups.length === 0 && !third ? null : backups,
    physical_backup_data: {},
    pitr_enabled: false,
    region: 'us-east-1',
    walg_enabled: true,
  };
  call.write('stdout', `${JSON.stringify(answer, null, 2)}\n`);
  return exitCode(0);
}

function fail(call: ToolCall, message: string): Exit {
  call.write('stderr', `${message}\nTry rerunning the command with --debug to troubleshoot the error.\n`);
  return exitCode(1);
}
