/** The `rollbook` command. Each subcommand is one file in commands/; this one only reads the words. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { toFailure } from '#shared/contract/result.ts';
import type { OpenCore } from '#core/core.ts';
import { programVersion } from '#core/machine.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { printFailure, type Terminal } from './terminal.ts';

const number =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
  };

/** Carries out one command line and answers its exit code. Never throws. */
export async function rollbook(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const json = args.includes('--json');
  let code: ExitCode = EXIT.ok;
  const program = build(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = toFailure(thrown);
    printFailure(terminal, json, failure);
    return exitCodeOf(failure.code);
  }
}

function build(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('rollbook')
    .description('The rollback runbook that runs.')
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError('(rollbook --help lists the commands)')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

  program
    .command('show')
    .description('print what Rollbook reads from a runbook: matrix, procedures, steps, gaps')
    .argument('<file>', 'a Markdown runbook')
    .option('--json', 'print the whole model')
    .action(async (file: string, { json }) =>
      done((await import('./commands/show.ts')).show(terminal, file, json === true)),
    );

  program
    .command('check')
    .description('hold the commands of a runbook against the tools that are installed')
    .argument('<file>', 'a Markdown runbook')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option('--approve <name...>', 'further programs that may be asked for their help')
    .option('--fix', 'write a corrected copy (FILE.fixed.md) and a diff; never the file itself')
    .option('-o, --output <file>', 'where the corrected copy goes')
    .option('--sarif <file>', 'write the findings as SARIF, for a pull request')
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, options) =>
      done(
        await (await import('./commands/check.ts')).check(terminal, file, {
          ...options,
          fix: options.fix === true,
          probe: options.probe !== false,
          approve: options.approve ?? [],
          json: options.json === true,
        }),
      ),
    );

  program
    .command('readiness')
    .description('say whether this machine could run a runbook now: tools, logins, apps, secrets, network, practice')
    .argument('[file]', 'a Markdown runbook; the bundled one by default')
    .option('--json', 'print the board as JSON')
    .action(async (file: string | undefined, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/readiness.ts')).readiness(terminal, core, file, json === true),
        ),
      ),
    );

  program
    .command('trust')
    .description('say that you have reviewed a runbook, so that it may run on this machine')
    .argument('<file>', 'a Markdown runbook')
    .option('--json', 'print what is trusted as JSON')
    .action(async (file: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/trust.ts')).trust(terminal, core, file, json === true),
        ),
      ),
    );

  program
    .command('run')
    .description('go through a live incident in this terminal')
    .argument('[file]', 'a Markdown runbook; the bundled one by default')
    .option('--resume <id>', 'go on with an incident that is open')
    .option('--row <n>', 'the row of the decision matrix, from 1', number(1, 1_000))
    .option('--service <app>', 'the service; the first of the runbook by default')
    .option('--detected <minutes>', 'how many minutes ago it was detected', number(0, 10_080), 0)
    .option('--trust', 'you have read this runbook and want it run')
    .option('--json', 'print the result as JSON (the conversation goes to stderr)')
    .action(async (file: string | undefined, options) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/run.ts')).run(terminal, core, file, { ...options, json: options.json === true }),
        ),
      ),
    );

  program
    .command('drill')
    .description('list the drill scenarios, or run one on simulated tools')
    .option('--list', 'list the scenarios')
    .option('--scenario <name>', 'the one to run')
    .option('--auto', 'take every primary action by itself')
    .option('--speed <factor>', "how fast the drill's clock runs", number(1, 600), 1)
    .option('--report <file>', 'write the report there')
    .option('--expect', 'succeed when it ends as the scenario declares, failures included')
    .option('--json', 'print the result as JSON')
    .action(async (options) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/drill.ts')).drill(terminal, core, { ...options, json: options.json === true }),
        ),
      ),
    );

  program
    .command('incidents')
    .description('list the incidents and drills of this machine')
    .option('--json', 'print them as JSON')
    .action(async ({ json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/incidents.ts')).incidents(terminal, core, json === true),
        ),
      ),
    );

  program
    .command('export')
    .description('write the report of an incident as Markdown')
    .argument('<id>', 'the incident')
    .option('-o, --output <file>', 'where to; stdout by default')
    .option('--json', 'print path and hash, or the text, as JSON')
    .action(async (id: string, { output, json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/incidents.ts')).exportReport(terminal, core, id, output, json === true),
        ),
      ),
    );

  program
    .command('verify')
    .description("recompute an incident's hash chain")
    .argument('<id>', 'the incident')
    .option('--json', 'print {ok, events, head} as JSON')
    .action(async (id: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/incidents.ts')).verify(terminal, core, id, json === true),
        ),
      ),
    );

  program
    .command('serve')
    .description('serve the window on 127.0.0.1, with a one-time link')
    .option('--open', 'open it in a browser when there is one')
    .option('--port <n>', 'a fixed port', number(0, 65_535), 0)
    .option('--json', 'print each message as one JSON object a line')
    .action(async (options) => {
      const { serve } = await import('../loopback/serve.ts');
      const line = (text: string): void =>
        terminal.out(`${options.json === true ? JSON.stringify({ message: text }) : text}\n`);
      await withCore(
        (core) => serve(core, { open: options.open === true, port: options.port, print: line }),
        'loopback',
      );
      done(EXIT.ok);
    });

  return program;
}

async function withCore<T>(work: (core: OpenCore) => Promise<T> | T, host: 'cli' | 'loopback' = 'cli'): Promise<T> {
  const { openCore } = await import('#core/core.ts');
  const core = await openCore({ host });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}
