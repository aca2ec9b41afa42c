/**
 * The simulated fly: finds the command as cobra does, checks flags, arguments, login and app name in flyctl's order
 * (flyctl v0.4.87 internal/cli/cli.go, internal/command/command.go), then runs it.
 */
import type { Exit } from '#core/ports.ts';
import { appCloud } from '#core/simulator/simulated-cloud.ts';
import { exitCode, Interrupted, type ToolCall } from '#core/simulator/tool-call.ts';
import { findCommand, groupHelp, isKnown, parseFlags, takesNoWords, usageOf } from './cobra.ts';
import { COMMANDS } from './commands.ts';
import { appName, type FlyCall, FlyError, flyError, notPlayed } from './fly-command.ts';

export async function fly(call: ToolCall): Promise<Exit> {
  try {
    await run(call);
    return exitCode(0);
  } catch (thrown) {
    // 127 means interrupted (internal/cli/cli.go).
    if (thrown instanceof Interrupted) return exitCode(127);
    if (!(thrown instanceof FlyError)) throw thrown;
    call.write('stderr', `Error: ${thrown.message}\n`);
    if (thrown instanceof UnknownCommand) call.write('stdout', "Run 'fly --help' for usage.\n\n");
    return exitCode(1);
  }
}

class UnknownCommand extends FlyError {}

/** cobra prints the usage of the command before the error. */
function mistake(call: ToolCall, name: string, message: string): FlyError {
  call.write('stdout', usageOf(name));
  return new FlyError(message);
}

async function run(call: ToolCall): Promise<void> {
  const found = findCommand(call.args);
  if (found.kind === 'root') return call.write('stdout', usageOf(''));
  if (found.kind === 'unknown') throw new UnknownCommand(`unknown command "${found.word}" for "fly"`);
  if (found.kind === 'group') return call.write('stdout', groupHelp(found.name));
  const { name } = found;
  if (!isKnown(name) && COMMANDS[name] === undefined) throw notPlayed(`"fly ${name}"`);
  const flags = parseFlags(name, found.rest);
  if (typeof flags === 'string') throw mistake(call, name, flags);
  if (flags.on('--help -h')) return call.write('stdout', usageOf(name));
  const [word] = flags.words;
  if (word !== undefined && takesNoWords(name))
    throw mistake(call, name, `unknown command "${word}" for "fly ${name}"`);
  if (name === 'deploy' && flags.words.length > 1) {
    throw mistake(call, name, `accepts at most 1 arg(s), received ${flags.words.length}`);
  }
  const command = COMMANDS[name];
  if (command === undefined) throw notPlayed(`"fly ${name}"`);
  const flyCall: FlyCall = { ...call, flags };
  if (command.needs !== 'nothing') requireSession(flyCall);
  if (command.needs !== 'app') return command.run(flyCall, '');
  const app = appName(flyCall);
  return command.run({ ...flyCall, cloud: appCloud(call.cloud, app) }, app);
}

/** A token in the environment or on the command line goes around the 30-day limit of the stored login. */
function requireSession(call: FlyCall): void {
  const { state } = call.cloud.read().scenario.login;
  const token = call.flags.text('--access-token -t') || call.env['FLY_ACCESS_TOKEN'] || call.env['FLY_API_TOKEN'];
  if (state === 'expired' && !token) throw flyError('no-token');
}
