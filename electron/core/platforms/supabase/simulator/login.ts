/** `supabase login`: refuses without a terminal (supabase/cli internal/login/login.go), else a person signs in. */
import type { Exit } from '#core/ports.ts';
import { exitCode, IN_TERMINAL, pause, type ToolCall } from '#core/simulator/tool-call.ts';

const SIGN_IN_MS = 8_000;

export async function supabaseLogin(call: ToolCall): Promise<Exit> {
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
