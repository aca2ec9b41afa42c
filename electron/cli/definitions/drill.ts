/** `rollbook drill`. */
import { number } from './option-types.ts';
import type { AddCommands } from './definition.ts';

export const addDrill: AddCommands = (program, { terminal, done, withCore }) => {
  program
    .command('drill')
    .description('run a drill, list the scenarios, or show which drills are due and how earlier ones went')
    .option('--list', 'list the scenarios and the outcome that each one declares')
    .option('--schedule', "show the drills that the runbook's schedule asks for, and which are due or overdue")
    .option('--history', 'show past drills: time against target, deviations, stops')
    .option('--real', 'use the real tools, by hand, on an app whose name ends in -test')
    .option('--service <app>', '--real: the app')
    .option('--row <number>', '--real: the row of the decision matrix, counted from 1', number(1, 1000))
    .option('--runbook <file>', '--real, --schedule: the runbook; the bundled one by default')
    .option('--procedure <id>', '--real: the procedure; the first one by default')
    .option('--record <file>', '--real: write what the tools answered to this file, as a recording that can be drilled')
    .option('--scenario <name>', 'the scenario to run: a name, or the YAML file of a recording')
    .option('--from <id>', 'drill a finished incident again: what its tools answered is played')
    .option('--write <file>', '--from: write the recording to this file, and play nothing')
    .option('--auto', 'take every primary action without asking')
    .option('--speed <factor>', 'how many times faster than real time the drill runs, 1 to 600', number(1, 600), 1)
    .option('--report <file>', 'write the report to this file, as Markdown')
    .option('--expect', 'exit 0 if the drill ends as its scenario declares, even if that is a failure')
    .option('--json', 'print the result as JSON; running a drill then needs --auto')
    .action(async (options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/drill.ts')).drill(terminal, core, { ...options, json: options.json === true }),
        ),
      ),
    );
};
