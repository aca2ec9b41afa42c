/** The `rollbook` command. subcommands/ says how each is read, commands/ does it. */
import { Command, CommanderError } from 'commander';
import { type Failure, toFailure } from '#shared/contract/result.ts';
import type { OpenCore } from '#core/core.ts';
import { programVersion } from '#core/machine.ts';
import type { Ports } from '#core/ports.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { addDrill } from './subcommands/drill.ts';
import { addHandover } from './subcommands/handover.ts';
import { addIncidents } from './subcommands/incidents.ts';
import { addLive } from './subcommands/live.ts';
import { addMachine } from './subcommands/machine.ts';
import { addReport } from './subcommands/report.ts';
import { addRunbook } from './subcommands/runbook.ts';
import { addServe } from './subcommands/serve.ts';
import { addSettings } from './subcommands/settings.ts';
import type { AddSubcommands, CommandLine } from './subcommands/subcommand.ts';
import { printFailure, type Terminal } from './terminal.ts';

const AFTER_HELP = `
A first drill:   rollbook drill --scenario app-rollback --auto --speed 60
Exit codes:      0 as declared, 1 failed or findings, 2 unreadable input or usage, 3 environment, 4 store
Data folder:     the user's own for Rollbook; ROLLBOOK_HOME names another one`;

/** In the order in which `rollbook --help` lists them. */
const SUBCOMMANDS: readonly AddSubcommands[] = [
  addRunbook,
  addMachine,
  addSettings,
  addLive,
  addDrill,
  addIncidents,
  addReport,
  addHandover,
  addServe,
];

/** Carries out one command line and answers its exit code. Never throws. `ports`: the system's own by default. */
export async function rollbook(args: readonly string[], terminal: Terminal, ports?: Ports): Promise<ExitCode> {
  const json = args.includes('--json');
  let code: ExitCode = EXIT.ok;
  const program = build(terminal, ports, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.ok;
    if (thrown instanceof CommanderError) {
      // Without --json it stands on stderr already.
      if (json) printFailure(terminal, json, misuse(thrown));
      return EXIT.usage;
    }
    const failure = toFailure(thrown);
    printFailure(terminal, json, failure);
    return exitCodeOf(failure.code);
  }
}

/** A wrong option or a missing argument, as every other failure is told. */
const misuse = ({ message }: CommanderError): Failure => ({
  code: 'bad-arguments',
  message: message.replace(/^error: /, ''),
  advice: '"rollbook COMMAND --help" shows how it is used, "rollbook --help" lists the commands.',
});

function build(terminal: Terminal, ports: Ports | undefined, done: (code: ExitCode) => void): Command {
  const program = new Command('rollbook')
    .description('The rollback runbook that runs: drills, live incidents and their reports, without a window.')
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError('(rollbook --help lists the commands)')
    .addHelpText('after', AFTER_HELP)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

  const line: CommandLine = { terminal, done, ports, withCore: (work) => withCore(ports, work) };
  for (const add of SUBCOMMANDS) add(program, line);
  for (const command of program.commands) hintAtHelp(command, 'rollbook');
  return program;
}

/** After a mistake the hint names the command that was typed, not the list of all. */
function hintAtHelp(command: Command, before: string): void {
  const name = `${before} ${command.name()}`;
  command.showHelpAfterError(`(${name} --help shows how it is used)`);
  for (const below of command.commands) hintAtHelp(below, name);
}

async function withCore<T>(ports: Ports | undefined, work: (core: OpenCore) => Promise<T> | T): Promise<T> {
  const { openCore } = await import('#core/core.ts');
  const core = await openCore({ host: 'cli', ports });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}
