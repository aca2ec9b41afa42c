/** `rollbook escalate`, as the command line reads it. */
import type { Command } from 'commander';
import type { OpenCore } from '#core/core.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export function addReference(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
  withCore: <T>(work: (core: OpenCore) => Promise<T> | T) => Promise<T>,
): void {
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
