/** `rollbook drill`. */
import { number } from '../number-option.ts';
import type { AddSubcommands } from './subcommand.ts';

export const addDrill: AddSubcommands = (program, { terminal, done, withCore }) => {
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
          (await import('../commands/drill.ts')).drill(terminal, core, { ...options, json: options.json === true }),
        ),
      ),
    );
};
