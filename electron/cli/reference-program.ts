/** `rollbook escalate` and `rollbook print`, as the command line reads it. */
import type { CommandPlace } from './command-place.ts';

export function addReference({ program, terminal, done, withCore }: CommandPlace): void {
  program
    .command('print')
    .description('write the corrected runbook as HTML made for paper, with blanks for what is done by hand')
    .argument('<file>', 'a Markdown runbook')
    .option('-o, --output <file>', 'the HTML file to write; stdout by default')
    .option('--no-probe', 'do not ask the installed tools for their help')
    .option('--json', 'print {path, corrected, sha256} as JSON')
    .action(async (file: string, { output, probe, json }) =>
      done(
        await (await import('./commands/print.ts')).print(terminal, file, {
          ...(output === undefined ? {} : { output }),
          probe: probe !== false,
          json: json === true,
        }),
      ),
    );

  program
    .command('escalate')
    .description('print the escalation chain of an incident, or log a call: who, how, what they said')
    .argument('<id>', 'the id of an incident or drill (rollbook incidents lists them)')
    .argument('[who]', 'who was called; left out, nothing is logged')
    .option('--how <way>', 'phone, Slack, pager, ...', 'phone')
    .option('--said <words>', 'what they said', '')
    .option('--not-reached', 'nobody answered: the next in the chain is due')
    .option('--json', 'print {incidentId, chain, calls, next} as JSON')
    .action(async (id: string, who: string | undefined, { how, said, notReached, json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/escalate.ts')).escalate(terminal, core, id, who, {
            how,
            said,
            reached: notReached !== true,
            json: json === true,
          }),
        ),
      ),
    );
}
