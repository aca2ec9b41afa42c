/** What was declared before: incidents, resolve, verify, purge, follow-ups. */
import { number } from '../number-option.ts';
import { type AddSubcommands, ID } from './subcommand.ts';

export const addIncidents: AddSubcommands = (program, { terminal, done, withCore }) => {
  program
    .command('incidents')
    .description('list the incidents and drills of this machine')
    .option('--stats', 'what they come to: number, severities, targets met, median mitigation; drills never count')
    .option('--search <text>', 'those whose timeline, notes or report hold every word, drills too')
    .option('--json', 'print them as JSON')
    .action(async ({ json, stats, search }) =>
      done(
        await withCore(async (core) =>
          search === undefined
            ? (await import('../commands/incidents.ts')).incidents(terminal, core, json === true, stats === true)
            : (await import('../commands/incident-search.ts')).searchIncidents(terminal, core, search, json === true),
        ),
      ),
    );

  program
    .command('resolve')
    .description('end an incident or drill as it is, with the reason; nothing is run')
    .argument('<id>', ID)
    .argument('<why>', 'why it is ended as it is; the report has it')
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
      'prove that an incident, or what was exported of it, is whole: its chain, its row, outputs and evidence',
    )
    .argument(
      '[what]',
      'an id (rollbook incidents lists them), or the path of an exported folder or a handover bundle; all incidents when left out',
    )
    .option('--head <hash>', 'also that an event has this hash, which an export or an earlier `verify` printed')
    .option(
      '--json',
      'print {incidentId, ok, events, purged, head, problem, files, findings, notes} as JSON; of all: {ok, incidents: [...]}',
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
      'remove for good what an incident or drill that is over holds; its chain and its place in the list stay',
    )
    .argument('<id>', ID)
    .option('--reason <text>', 'why, for the timeline; it is the one text that stays', '')
    .option('-y, --yes', 'do not ask for the end of the id')
    .option('--json', 'print {incidentId, title, payloads, files, bytes, backups, elsewhere, left, head} as JSON')
    .action(async (id: string, { reason, yes, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/purge.ts')).purge(terminal, core, id, {
            reason,
            yes: yes === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('follow-ups')
    .description('print what is due after a rollback, and do or waive it; exit 1 while something is overdue')
    .argument('<id>', ID)
    .option('--done <n>', 'number n of the list is done', number(1, 1_000))
    .option('--waive <n...>', 'these numbers of the list need not be done')
    .option('--saying <text>', 'what was seen of its exit criteria, or why it is waived')
    .option('--json', 'print {incidentId, followUps: [...]} as JSON')
    .action(async (id: string, { waive, json, ...options }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/follow-ups.ts')).followUpsOf(terminal, core, id, {
            ...options,
            ...(waive === undefined ? {} : { waive: waive.map(Number) }),
            json: json === true,
          }),
        ),
      ),
    );
};
