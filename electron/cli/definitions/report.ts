/** `rollbook export` and `rollbook report` with its subcommands. */
import { Option } from 'commander';
import { RollbookError } from '#shared/api/result.ts';
import { ACTION_PRIORITIES, ACTION_TYPES } from '#shared/incident/topics/action-item-kinds.ts';
import { day, webAddress } from './option-types.ts';
import { type AddCommands, ID } from './definition.ts';

export const addReport: AddCommands = (program, { terminal, done, withCore }) => {
  program
    .command('export')
    .description('print or write the report of an incident, as Markdown, HTML or JSON, optionally with its evidence')
    .argument('<id>', ID)
    .option(
      '-o, --output <file>',
      'the file to write, or an existing folder for it; stdout by default. A path that ends in / is a folder with evidence',
    )
    .addOption(
      new Option('--format <format>', 'the format of the report; markdown by default').choices([
        'markdown',
        'html',
        'json',
      ]),
    )
    .option('--brief', 'only the first page and what follows from it, without the appendices')
    .option(
      '--evidence',
      'write a folder with the report as Markdown and JSON, its picture, the outputs and SHA256SUMS',
    )
    .option('--json', 'print path and hash, or the text, as JSON')
    .action(async (id: string, { output, format, evidence, brief, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/report.ts')).exportReport(terminal, core, id, {
            output,
            format: format ?? 'markdown',
            evidence: evidence === true || (typeof output === 'string' && /[/\\]$/.test(output)),
            brief: brief === true,
            json: json === true,
          }),
        ),
      ),
    );

  const report = program
    .command('report')
    .description(
      'answer the questions that only people can answer for the report, and keep its action items; --html writes the report for a browser',
    );
  report
    .command('answers', { isDefault: true })
    .description('list the questions and answers of the report, and the action items')
    .argument('<id>', ID)
    .option(
      '--html [file]',
      'write the report as one HTML file instead, which needs no network; without a file, or into a folder, under its own name (2025-10-13-P0-agent-service.html)',
    )
    .option('--brief', 'with --html: without the appendices, about two pages of paper')
    .option('--json', 'print {incidentId, answers, actionItems}, or path and hash, as JSON')
    .action(async (id: string, { html, brief, json }) =>
      done(
        await withCore(async (core) => {
          const { answers, htmlReport } = await import('../commands/report.ts');
          const options = { brief: brief === true, json: json === true };
          if (html !== undefined) return await htmlReport(terminal, core, id, { ...options, file: html });
          if (options.brief)
            throw new RollbookError('bad-arguments', '--brief is for --html.', 'Add --html, or leave out --brief.');
          return await answers(terminal, core, id, options.json);
        }),
      ),
    );
  report
    .command('answer')
    .description('answer a question; replaces an earlier answer')
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
    .argument('[what]', 'what has to be done; optional when you change an item')
    .option('--item <item>', 'the item to change')
    .addOption(new Option('--type <type>', 'what the item is for').choices(ACTION_TYPES))
    .option('--owner <who>', 'who does it')
    .option('--due <day>', 'due day, as YYYY-MM-DD', day)
    .addOption(new Option('--priority <priority>', 'how urgent it is').choices(ACTION_PRIORITIES))
    .option('--link <address>', 'where it is tracked: an http or https address', webAddress)
    .option('--done', 'mark it done')
    .option('--remove', 'remove it')
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
