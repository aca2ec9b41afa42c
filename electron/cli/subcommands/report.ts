/** `rollbook export` and `rollbook report` with its subcommands. */
import { Option } from 'commander';
import { ACTION_PRIORITIES, ACTION_TYPES } from '#shared/incident/action-items.ts';
import { day } from '../date-option.ts';
import { type AddSubcommands, ID } from './subcommand.ts';

export const addReport: AddSubcommands = (program, { terminal, done, withCore }) => {
  program
    .command('export')
    .description('print or write the report of an incident, as Markdown or JSON, with its evidence if wanted')
    .argument('<id>', ID)
    .option('-o, --output <file>', 'the file to write; stdout by default. With a / at its end: a folder with evidence')
    .addOption(new Option('--format <format>', 'the form of the report').choices(['markdown', 'json']))
    .option('--evidence', 'a folder with the report in both forms, outputs and SHA256SUMS')
    .option('--json', 'print path and hash, or the text, as JSON')
    .action(async (id: string, { output, format, evidence, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/report.ts')).exportReport(terminal, core, id, {
            output,
            format: format ?? 'markdown',
            evidence: evidence === true || (typeof output === 'string' && /[/\\]$/.test(output)),
            json: json === true,
          }),
        ),
      ),
    );

  const report = program.command('report').description('what only people can tell about an incident, and its actions');
  report
    .command('answers', { isDefault: true })
    .description('list the questions of the report with what was answered, and the action items')
    .argument('<id>', ID)
    .option('--json', 'print {incidentId, answers, actionItems} as JSON')
    .action(async (id: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/report.ts')).answers(terminal, core, id, json === true),
        ),
      ),
    );
  report
    .command('answer')
    .description('answer one of them; what stood there before is replaced')
    .argument('<id>', ID)
    .argument('<question>', 'its name, as `rollbook report answers` lists it')
    .argument('<text>', 'the answer; - reads it from stdin')
    .option('--json', 'print {incidentId, answers, actionItems} as JSON')
    .action(async (id: string, field: string, text: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/report.ts')).answer(terminal, core, id, field, text, json === true),
        ),
      ),
    );
  report
    .command('action')
    .description('add an action item, or change one')
    .argument('<id>', ID)
    .argument('[what]', 'what is to be done; may be left out when one is changed')
    .option('--item <item>', 'the item to change')
    .addOption(new Option('--type <type>', 'against what it helps').choices(ACTION_TYPES))
    .option('--owner <who>', 'who does it')
    .option('--due <day>', 'until when, as YYYY-MM-DD', day)
    .addOption(new Option('--priority <priority>', 'how urgent it is').choices(ACTION_PRIORITIES))
    .option('--link <address>', 'where it is tracked')
    .option('--done', 'it is done')
    .option('--remove', 'take it out')
    .option('--json', 'print {incidentId, answers, actionItems} as JSON')
    .action(async (id: string, what: string | undefined, options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/report.ts')).action(terminal, core, id, what, {
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );
};
