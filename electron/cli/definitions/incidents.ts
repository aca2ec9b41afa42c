/** Commands for incidents that were declared before: incidents, resolve, verify, purge, follow-ups. */
import { number, several } from './option-types.ts';
import { type AddCommands, ID } from './definition.ts';

export const addIncidents: AddCommands = (program, { terminal, done, withCore }) => {
  program
    .command('incidents')
    .description('list the incidents and drills on this machine')
    .option('--stats', 'show count, severities, targets met and median mitigation time; drills do not count')
    .option('--search <text>', 'list those whose timeline, notes or report contain every word, drills included')
    .option('--json', 'print the result as JSON')
    .action(async ({ json, stats, search }) =>
      done(
        await withCore(async (core) =>
          search === undefined
            ? await (await import('../commands/incidents.ts')).incidents(terminal, core, json === true, stats === true)
            : (await import('../commands/incidents.ts')).searchIncidents(terminal, core, search, json === true),
        ),
      ),
    );

  program
    .command('resolve')
    .description('end an incident or drill as it stands, with a reason; runs nothing')
    .argument('<id>', ID)
    .argument('<why>', 'the reason, which goes into the report')
    .option('--json', 'print {incidentId, resolved, outcome} as JSON')
    .action(async (id: string, why: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/resolve.ts')).resolveAsItIs(terminal, core, id, why, json === true),
        ),
      ),
    );

  program
    .command('verify')
    .description(
      'check that an incident, or an export of one, is complete and unchanged: chain, row, outputs, evidence',
    )
    .argument(
      '[what]',
      'an incident id, or the path of an exported folder or a handover bundle; all incidents by default',
    )
    .option('--head <hash>', 'also check that an event has this hash, as printed by an export or an earlier `verify`')
    .option(
      '--json',
      'print {incidentId, ok, events, purged, head, problem, files, findings, notes} as JSON; for all: {ok, incidents: [...]}',
    )
    .action(async (what: string | undefined, { head, json }) => {
      const { verify, verifyAll } = await import('../commands/verify.ts');
      const options = { head, json: json === true };
      done(
        what === undefined
          ? await verifyAll(terminal, withCore, options)
          : await verify(terminal, withCore, what, options),
      );
    });

  program
    .command('purge')
    .description(
      'permanently remove the contents of an incident or drill that is over; its chain and its row in the list stay',
    )
    .argument('<id>', ID)
    .option('--reason <text>', 'why, for the timeline; this is the only text that stays')
    .option('-y, --yes', 'do not ask for the end of the id to confirm')
    .option('--json', 'print {incidentId, title, payloads, files, bytes, backups, elsewhere, left, head} as JSON')
    .action(async (id: string, { reason, yes, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/purge.ts')).purge(terminal, core, id, {
            reason: reason ?? '',
            yes: yes === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('follow-ups')
    .description('list what is due after a rollback, and mark it done or waived; exit 1 while something is overdue')
    .argument('<id>', ID)
    .option('--done <n>', 'mark number n of the list as done', number(1, 1_000))
    .option('--waive <n...>', 'waive these numbers of the list', several(number(1, 1_000)))
    .option(
      '--saying <text>',
      'what you saw, given once for each open exit criterion, in order; or why you waive it',
      several(String),
    )
    .option('--json', 'print {incidentId, followUps: [...]} as JSON')
    .action(async (id: string, { json, ...options }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/follow-ups.ts')).followUpsOf(terminal, core, id, {
            ...options,
            json: json === true,
          }),
        ),
      ),
    );
};
