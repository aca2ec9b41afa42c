/** `rollbook follow-ups`, as the command line reads it. */
import type { CommandPlace } from './command-place.ts';
import { number } from './number-option.ts';

export function addFollowUps({ program, terminal, done, withCore }: CommandPlace): void {
  program
    .command('follow-ups')
    .description('print what is due after a rollback, and do or waive it; exit 1 while something is overdue')
    .argument('<id>', 'the id of an incident or drill (rollbook incidents lists them)')
    .option('--done <n>', 'number n of the list is done', number(1, 1_000))
    .option('--waive <n...>', 'these numbers of the list need not be done')
    .option('--saying <text>', 'what was seen of its exit criteria, or why it is waived')
    .option('--json', 'print {incidentId, followUps: [...]} as JSON')
    .action(async (id: string, { waive, json, ...options }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/follow-ups.ts')).followUpsOf(terminal, core, id, {
            ...options,
            ...(waive === undefined ? {} : { waive: waive.map(Number) }),
            json: json === true,
          }),
        ),
      ),
    );
}
