/** What is asked about a runbook file: show, check, rules, schema, trust, print. */
import type { AddSubcommands } from './subcommand.ts';

export const addRunbook: AddSubcommands = (program, { terminal, done, withCore }) => {
  program
    .command('show')
    .description('print what Rollbook understands of a runbook: matrix, procedures, steps, gaps')
    .argument('<file>', 'a Markdown runbook')
    .option('--json', 'print the whole model as JSON')
    .action(async (file: string, { json }) =>
      done(await (await import('../commands/show.ts')).show(terminal, file, json === true)),
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
        await (await import('../commands/check.ts')).check(terminal, file, {
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
      done((await import('../commands/rules.ts')).rules(terminal, name, json === true)),
    );

  program
    .command('schema')
    .description("print the JSON Schema of a runbook's front matter, for editors")
    .option('--json', 'no difference: a schema is JSON')
    .action(async () => done((await import('../commands/schema.ts')).schema(terminal)));

  program
    .command('trust')
    .description('say that you have reviewed a runbook: only then it may run on this machine')
    .argument('<file>', 'a Markdown runbook')
    .option('--show', 'only print what changed since it was reviewed last; trusts nothing')
    .option('--json', 'print what is trusted as JSON')
    .action(async (file: string, { show, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/trust.ts')).trust(terminal, core, file, {
            show: show === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('print')
    .description('write the corrected runbook as HTML made for paper, with blanks for what is done by hand')
    .argument('<file>', 'a Markdown runbook')
    .option('-o, --output <file>', 'the HTML file to write; stdout by default')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option('--json', 'print {path, corrected, sha256} as JSON')
    .action(async (file: string, { output, probe, json }) =>
      done(
        await (await import('../commands/print.ts')).print(terminal, file, {
          ...(output === undefined ? {} : { output }),
          probe: probe !== false,
          json: json === true,
        }),
      ),
    );
};
