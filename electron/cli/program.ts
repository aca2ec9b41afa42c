/** The `rollbook` command. Each subcommand is one file in commands/; this one only reads the words. */
import { Command, CommanderError } from 'commander';
import { toFailure } from '#shared/contract/result.ts';
import type { OpenCore } from '#core/core.ts';
import { programVersion } from '#core/machine.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { addFollowUps } from './follow-ups-program.ts';
import { addHandover } from './handover-program.ts';
import { addIncidents } from './incidents-program.ts';
import { addReference } from './reference-program.ts';
import { number } from './number-option.ts';
import { addReport } from './report-program.ts';
import { addSettings } from './settings-program.ts';
import { printFailure, type Terminal } from './terminal.ts';

const AFTER_HELP = `
A first drill:   rollbook drill --scenario app-rollback --auto --speed 60
Exit codes:      0 as declared, 1 failed or findings, 2 unreadable input or usage, 3 environment, 4 store
Data folder:     the user's own for Rollbook; ROLLBOOK_HOME names another one`;

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
    .description('The rollback runbook that runs: drills, live incidents and their reports, without a window.')
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError('(rollbook --help lists the commands)')
    .addHelpText('after', AFTER_HELP)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

  program
    .command('show')
    .description('print what Rollbook understands of a runbook: matrix, procedures, steps, gaps')
    .argument('<file>', 'a Markdown runbook')
    .option('--json', 'print the whole model as JSON')
    .action(async (file: string, { json }) =>
      done(await (await import('./commands/show.ts')).show(terminal, file, json === true)),
    );

  program
    .command('check')
    .description(
      'find commands that do not exist, never end, hide a failure or have a blank, against the tools installed here',
    )
    .argument('<file>', 'a Markdown runbook')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option(
      '--approve <name...>',
      'further programs that may be asked for their help; remembered until their file changes',
    )
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
    .command('rules')
    .description('list what "check" looks for; with a name, what that rule finds bad and good, and its source')
    .argument('[name]', 'a rule, as findings name it')
    .option('--json', 'print {rules} as JSON')
    .action(async (name: string | undefined, { json }) =>
      done((await import('./commands/rules.ts')).rules(terminal, name, json === true)),
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

  addSettings(program, terminal, done, withCore);

  program
    .command('schema')
    .description("print the JSON Schema of a runbook's front matter, for editors")
    .option('--json', 'no difference: a schema is JSON')
    .action(async () => done((await import('./commands/schema.ts')).schema(terminal)));

  program
    .command('trust')
    .description('say that you have reviewed a runbook: only then it may run on this machine')
    .argument('<file>', 'a Markdown runbook')
    .option('--show', 'only print what changed since it was reviewed last; trusts nothing')
    .option('--json', 'print what is trusted as JSON')
    .action(async (file: string, { show, json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/trust.ts')).trust(terminal, core, file, {
            show: show === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('run')
    .description('declare a live incident, or resume one, and go through it in this terminal')
    .argument('[file]', 'a Markdown runbook; the bundled one by default')
    .option('--resume <id>', 'resume the incident with this id; no file and no row then')
    .option('--take-over <why>', 'take it from another Rollbook that works on it; the reason goes on the timeline')
    .option('--row <n>', 'the row of the decision matrix, counted from 1; asked for when left out', number(1, 1_000))
    .option('--service <app>', 'the service to roll back; the first of the runbook by default')
    .option('--detected <minutes>', 'how many minutes ago the trouble was detected', number(0, 10_080), 0)
    .option('--probe <url>', "asked every 15 s until it is resolved; the service's health address by default")
    .option('--trust', 'you have reviewed this runbook and want it run')
    .option('--last-trusted', 'the file was changed since it was reviewed: run what was reviewed')
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
    .description('list the drill scenarios, run one, or tell which drills are due and how those before went')
    .option('--list', 'list the scenarios and how each is declared to end')
    .option('--schedule', "what the runbook's drill schedule asks for, and what is due or overdue")
    .option('--history', 'the drills that were held: time against target, deviations, stops')
    .option('--real', 'with the real tools, by hand, on an app that ends in -test')
    .option('--service <app>', 'the app of a drill with real tools')
    .option('--row <number>', 'the row of the decision matrix, for --real', number(1, 1000))
    .option('--runbook <file>', 'the runbook, for --real; the bundled one unless named')
    .option('--procedure <id>', 'the procedure, for --real; the first one unless named')
    .option('--scenario <name>', 'the scenario to run')
    .option('--auto', 'take every primary action without asking anybody')
    .option(
      '--speed <factor>',
      "how fast the drill's clock runs, 1 to 600; 60 makes a minute a second",
      number(1, 600),
      1,
    )
    .option('--report <file>', 'write the report there as Markdown')
    .option('--expect', 'exit 0 when it ends as the scenario declares, failures included')
    .option('--json', 'print the result as JSON (a drill needs --auto then)')
    .action(async (options) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/drill.ts')).drill(terminal, core, { ...options, json: options.json === true }),
        ),
      ),
    );

  program
    .command('quick')
    .description('declare a P0 and roll one service back to one version, now; the team is told afterwards')
    .argument('<service>', 'a service of the runbook')
    .argument('<version>', 'the release to go back to: v9 or 9')
    .option('--immediate', 'replace all machines at once')
    .option('--even-if-bad', 'also a version that was found bad in this incident')
    .option('--detected <minutes>', 'how many minutes ago the trouble was detected', number(0, 10_080), 0)
    .option('--runbook <file>', 'a reviewed Markdown runbook; the bundled one by default')
    .option('--drill <scenario>', 'on simulated tools, as in this drill scenario')
    .option('--speed <factor>', "how fast the drill's clock runs, 1 to 600", number(1, 600), 1)
    .option('--json', 'print the result as JSON (the conversation goes to stderr)')
    .action(async (service: string, version: string, options) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/quick.ts')).quick(terminal, core, service, version, {
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );

  program
    .command('status')
    .description('print how an incident stands, in words for whoever asks')
    .argument('<id>', 'the id of an incident or drill (rollbook incidents lists them)')
    .option('--post', 'post it in Slack (ROLLBOOK_SLACK_WEBHOOK; drills: ROLLBOOK_SLACK_DRILL_WEBHOOK)')
    .option('--json', 'print {incidentId, text, sent, failed} as JSON')
    .action(async (id: string, { post, json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/status.ts')).status(terminal, core, id, {
            post: post === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('providers')
    .description('ask the public status pages of Fly and Supabase: is it them?')
    .option('--json', 'print {providers: [{id, title, page, standing, askedAt}]} as JSON')
    .action(async ({ json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/providers.ts')).providers(terminal, core, json === true),
        ),
      ),
    );

  addIncidents(program, terminal, done, withCore);
  addReference(program, terminal, done, withCore);
  addFollowUps(program, terminal, done, withCore);
  addReport(program, terminal, done, withCore);
  addHandover(program, terminal, done, withCore);

  program
    .command('serve')
    .description('serve the window on 127.0.0.1 and print a one-time link, until Ctrl-C')
    .option('--open', 'open the window in Chromium, Chrome or Edge when there is one and a display')
    .option('--port <n>', 'a fixed port; 0 takes a free one', number(0, 65_535), 0)
    .option('--json', 'print each message as one JSON object a line')
    .action(async (options) => {
      const { serve } = await import('../loopback/serve.ts');
      const line = (text: string): void =>
        terminal.out(`${options.json === true ? JSON.stringify({ message: text }) : text}\n`);
      const { openCoreForWindow } = await import('#core/reference-only.ts');
      const { core, problem } = await openCoreForWindow({ host: 'loopback' });
      if (problem !== null) line(`${problem.message} ${problem.advice ?? ''} Only the reference is shown.`);
      try {
        await serve(core, { open: options.open === true, port: options.port, print: line });
      } finally {
        await core.close();
      }
      done(problem === null ? EXIT.ok : EXIT.store);
    });

  for (const command of program.commands) hintAtHelp(command, 'rollbook');
  return program;
}

/** After a mistake the hint names the command that was typed, not the list of all. */
function hintAtHelp(command: Command, before: string): void {
  const name = `${before} ${command.name()}`;
  command.showHelpAfterError(`(${name} --help shows how it is used)`);
  for (const below of command.commands) hintAtHelp(below, name);
}

async function withCore<T>(work: (core: OpenCore) => Promise<T> | T): Promise<T> {
  const { openCore } = await import('#core/core.ts');
  const core = await openCore({ host: 'cli' });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}
