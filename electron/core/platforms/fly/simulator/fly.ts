/**
 * The simulated fly: finds the command as cobra does, checks flags, arguments, login and app name in flyctl's order
 * (flyctl v0.4.87 internal/cli/cli.go, internal/command/command.go), then runs it.
 */
import type { Exit } from '#core/ports.ts';
import { appCloud } from '#core/simulator/simulated-cloud.ts';
import { exitCode, Interrupted, type ToolCall } from '#core/simulator/tool-call.ts';
import { appName } from './app-name.ts';
import { findCommand } from './command-table.ts';
import { GLOBAL_FLAGS, parseFlags } from './flags.ts';
import { type FlyCall, FlyError, fail } from './fly-command.ts';
import { helpOf, ROOT_HELP, usageOf } from './help.ts';

export async function fly(call: ToolCall): Promise<Exit> {
  try {
    return exitCode(await run(call));
  } catch (thrown) {
    // 127 means interrupted, and nothing is printed (internal/cli/cli.go).
    if (thrown instanceof Interrupted) return exitCode(127);
    if (thrown instanceof FlyError) return exitCode(fail(call, thrown.message, thrown.suggestion));
    throw thrown;
  }
}

async function run(call: ToolCall): Promise<number> {
  const found = findCommand(call.args);
  switch (found.kind) {
    case 'root':
      call.write('stdout', ROOT_HELP);
      return 0;
    case 'unknown':
      fail(call, `unknown command "${found.word}" for "fly"`);
      call.write('stdout', "Run 'fly --help' for usage.\n\n");
      return 1;
    case 'group':
      // A group runs nothing: cobra prints its help and exits with 0, whatever word follows.
      call.write('stdout', found.help);
      return 0;
    case 'not-played':
      return fail(call, `the drill simulator does not play "fly ${found.name}"`);
    case 'command':
      break;
  }
  const { command, rest } = found;
  const flags = parseFlags(rest, [...command.flags, ...GLOBAL_FLAGS]);
  if (flags.kind === 'error') {
    call.write('stdout', usageOf(command));
    return fail(call, flags.message);
  }
  if (flags.on('help')) {
    call.write('stdout', helpOf(command));
    return 0;
  }
  const extra = flags.words[command.maxWords];
  if (extra !== undefined) {
    call.write('stdout', usageOf(command));
    // cobra.NoArgs speaks of a command, cobra.MaximumNArgs counts.
    if (command.maxWords === 0) return fail(call, `unknown command "${extra}" for "fly ${command.name}"`);
    return fail(call, `accepts at most ${command.maxWords} arg(s), received ${flags.words.length}`);
  }
  const flyCall: FlyCall = { ...call, flags };
  if (command.needs !== 'nothing') requireSession(flyCall);
  if (command.needs !== 'app') return command.run(flyCall, '');
  const app = appName(flyCall);
  return command.run({ ...flyCall, cloud: appCloud(call.cloud, app) }, app);
}

/** A token in the environment or on the command line goes around the 30-day limit of the stored login. */
function requireSession(call: FlyCall): void {
  const { state } = call.cloud.read().scenario.login;
  const token = call.flags.text('access-token') || call.env['FLY_ACCESS_TOKEN'] || call.env['FLY_API_TOKEN'];
  if (state === 'expired' && !token) {
    throw new FlyError("no access token available. Please login with 'flyctl auth login'");
  }
}
