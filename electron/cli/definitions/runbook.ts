/** Commands for a runbook file: show, check, rules, schema, adopt, trust, print. */
import { several } from './option-types.ts';
import type { AddCommands } from './definition.ts';

export const addRunbook: AddCommands = (program, { terminal, done, withCore }) => {
  program
    .command('show')
    .description(
      'print what Rollbook reads from a runbook: matrix, procedures, steps, gaps; of a folder, a line for each file',
    )
    .argument('<file>', 'a Markdown runbook, or a folder with Markdown files')
    .option('--json', 'print the whole model as JSON')
    .action(async (file: string, { json }) =>
      done(await (await import('../commands/show.ts')).show(terminal, file, json === true)),
    );

  program
    .command('check')
    .description(
      'find commands that do not exist, never end, hide a failure or have a placeholder, by asking the installed tools',
    )
    .argument('<file>', 'a Markdown runbook')
    .option('--all', 'print every finding in the order of the file, not one of each kind with a count')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option(
      '--approve <name>',
      'one more program that may be asked for its help; remembered until its file changes; may be given several times',
      several(String),
    )
    .option('--fix', 'write a corrected copy (NAME.fixed.md) and a diff; the file itself is not changed')
    .option('-o, --output <file>', 'where to write the corrected copy')
    .option('--sarif <file>', 'write the findings as SARIF, for a pull request')
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, options) =>
      done(
        await (await import('../commands/check.ts')).check(terminal, file, {
          ...options,
          all: options.all === true,
          fix: options.fix === true,
          probe: options.probe !== false,
          approve: options.approve ?? [],
          json: options.json === true,
        }),
      ),
    );

  program
    .command('rules')
    .description(
      'list the rules of `rollbook check`; with a name, show what that rule flags, what it accepts, and its source',
    )
    .argument('[name]', 'a rule, as findings name it')
    .option('--json', 'print {rules} as JSON')
    .action(async (name: string | undefined, { json }) =>
      done((await import('../commands/rules.ts')).rules(terminal, name, json === true)),
    );

  program
    .command('schema')
    .description("print the JSON Schema of a runbook's front matter, for editors")
    .option('--json', 'no effect: a schema is JSON')
    .action(async () => done((await import('../commands/schema.ts')).schema(terminal)));

  program
    .command('adopt')
    .description(
      'ask about the gaps of a runbook and write the answers into it: front matter and hints, nothing else; shows the diff first',
    )
    .argument('<file>', 'a Markdown runbook')
    .option('-o, --out <file>', 'where to save it: the file itself or a new one; asked for by default')
    .option('--answers <file>', 'take the answers from a JSON file, {"ID": "answer"}, and ask no question')
    .option('--json', 'ask nothing, and print questions, diff and gaps as JSON')
    .action(async (file: string, { json, ...options }) =>
      done(await (await import('../commands/adopt.ts')).adopt(terminal, file, { ...options, json: json === true })),
    );

  program
    .command('trust')
    .description('record that you have reviewed a runbook; only then may it run on this machine')
    .argument('<file>', 'a Markdown runbook')
    .option('--show', 'only print what changed since the last review; trusts nothing')
    .option('--json', 'print the result as JSON')
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
    .description('write the corrected runbook as HTML for printing, with blanks to fill in by hand')
    .argument('<file>', 'a Markdown runbook')
    .option('-o, --output <file>', 'the HTML file to write; stdout by default')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option('--json', 'print {path, corrected, sha256, runbook} as JSON')
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
