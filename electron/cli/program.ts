/** The `rollbook` command. definitions/ has the name, arguments, options and help of each command; commands/ carries it out. */
import { Command, CommanderError } from 'commander';
import { type ErrorCode, type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import { programVersion } from '#core/this-machine.ts';
import type { Ports } from '#core/ports.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { addDrill } from './definitions/drill.ts';
import { addHelp, mustKnowCommand } from './definitions/help.ts';
import { addHandover } from './definitions/handover.ts';
import { addIncidents } from './definitions/incidents.ts';
import { addLive } from './definitions/live.ts';
import { addMachine } from './definitions/machine.ts';
import { addReport } from './definitions/report.ts';
import { addRunbook } from './definitions/runbook.ts';
import { addServe } from './definitions/serve.ts';
import { addSettings } from './definitions/settings.ts';
import type { AddCommands, CommandLine } from './definitions/definition.ts';
import { printFailure, printJson, type Terminal } from './terminal.ts';
import { invocation } from './invocation.ts';

const afterHelp = (): string => `
Your first drill: ${invocation()} drill --scenario app-rollback --auto --speed 60
Exit codes:       0 as declared, 1 failed or findings, 2 unreadable input or usage, 3 environment, 4 store
Data folder:      your own by default; ROLLBOOK_HOME names another one`;

const VERSION: ReadonlySet<string> = new Set(['-V', '--version']);

/** In the order in which `rollbook --help` lists them. */
const DEFINITIONS: readonly AddCommands[] = [
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
  if (json && args.some((word) => VERSION.has(word)) && args.every((word) => word === '--json' || VERSION.has(word))) {
    printJson(terminal, { version: programVersion() });
    return EXIT.ok;
  }
  let code: ExitCode = EXIT.ok;
  let damaged = false;
  const program = programOf(
    terminal,
    ports,
    (result) => {
      code = result;
    },
    (damage) => {
      damaged = true;
      printFailure(terminal, false, damage);
    },
  );
  try {
    mustKnowCommand(program, args);
    await program.parseAsync([...args], { from: 'user' });
    return damaged && code === EXIT.ok ? EXIT.store : code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.ok;
    if (thrown instanceof CommanderError) {
      // Without --json, commander has printed it on stderr.
      if (json) printFailure(terminal, json, misuse(thrown));
      return EXIT.usage;
    }
    const failure = toFailure(thrown);
    printFailure(terminal, json, failure);
    return exitCodeOf(failure.code);
  }
}

/** A wrong option or a missing argument, in the shape of every other failure. */
const misuse = ({ message }: CommanderError): Failure => ({
  code: 'bad-arguments',
  message: message.replace(/^error: /, ''),
  advice: `"${invocation()} COMMAND --help" shows how it is used, "${invocation()} --help" lists the commands.`,
});

/** Defines all commands. Carrying one out happens when the result parses a command line. */
export function programOf(
  terminal: Terminal,
  ports: Ports | undefined,
  done: (code: ExitCode) => void,
  tell: (damage: Failure) => void,
): Command {
  const program = new Command('rollbook')
    .description('The rollback runbook that runs: drills, live incidents and their reports, without a window.')
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError(`(${invocation()} --help lists the commands)`)
    .addHelpText('after', afterHelp())
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

  const line: CommandLine = {
    terminal,
    done,
    ports,
    withCore: (work) =>
      withCore(terminal, ports, (failure) => printFailure(terminal, false, failure), tell, work).catch(
        async (thrown: unknown) => {
          const { tellingWhereKept } = await import('./emergency-store.ts');
          throw await tellingWhereKept(withWayOn(thrown));
        },
      ),
    withCores: (work) => withCores(terminal, ports, tell, work),
  };
  for (const add of DEFINITIONS) add(program, line);
  addHelp(program);
  for (const command of program.commands) hintAtHelp(command, invocation());
  return program;
}

/** After a mistake the hint names the command that was typed, not the list of all. */
function hintAtHelp(command: Command, before: string): void {
  const name = `${before} ${command.name()}`;
  command.showHelpAfterError(`(${name} --help shows how it is used)`);
  for (const below of command.commands) hintAtHelp(below, name);
}

/** A store that cannot be written (read-only media, a full disk) can still be read, verified and exported. */
const MAY_BE_READ: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store-unwritable', 'disk-full']);

/** Adds to trouble of the store what still works. Any other error is returned as it is. */
function withWayOn(thrown: unknown): unknown {
  if (!(thrown instanceof RollbookError) || !isStoreTrouble(thrown)) return thrown;
  const { code, message, advice, details } = thrown;
  return new RollbookError(code, message, [advice, wayOn()].filter((text) => text !== undefined).join(' '), details);
}

const wayOn = (): string =>
  `Meanwhile \`${invocation()} run\` and \`${invocation()} serve\` work: an incident can be declared, commands that only read are run, and what you do is put into the store later.`;

const onlyRead = ({ message, advice }: RollbookError): Failure => ({
  code: 'read-only',
  message: `The store was only read: nothing of this was noted in it. ${message}`,
  ...(advice === undefined ? {} : { advice }),
});

async function withCores<T>(
  { door }: Terminal,
  ports: Ports | undefined,
  tell: (trouble: Failure) => void,
  work: (cores: Cores, tell: (trouble: Failure) => void) => Promise<T> | T,
): Promise<T> {
  const { openCores } = await import('#core/emergency/emergency-core.ts');
  const cores = await openCores({ host: 'cli', door, ports });
  try {
    const result = await work(cores, tell);
    for (const core of [cores.main, cores.spare.core]) for (const damage of core?.services.damage() ?? []) tell(damage);
    return result;
  } finally {
    await cores.close();
  }
}

async function withCore<T>(
  { door }: Terminal,
  ports: Ports | undefined,
  notice: (failure: Failure) => void,
  tell: (damage: Failure) => void,
  work: (core: OpenCore) => Promise<T> | T,
): Promise<T> {
  const { openCore } = await import('#core/core.ts');
  let unwritable: RollbookError | null = null;
  const core = await openCore({ host: 'cli', door, ports }).catch(async (thrown: unknown) => {
    if (!(thrown instanceof RollbookError) || !MAY_BE_READ.has(thrown.code)) throw thrown;
    unwritable = thrown;
    // A folder without a store, for example: the first error is the one to report.
    return await openCore({ host: 'cli', door, ports, readOnly: thrown }).catch(() => Promise.reject(thrown));
  });
  try {
    const result = await work(core);
    if (unwritable !== null) notice(onlyRead(unwritable));
    // Damage that the command came across; it did its work all the same.
    for (const damage of core.services.damage()) tell(damage);
    return result;
  } finally {
    await core.close();
  }
}
