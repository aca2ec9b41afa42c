/** `rollbook incidents`, `rollbook resolve` and `rollbook verify`, as the command line reads them. */
import type { CommandPlace } from './command-place.ts';

export function addIncidents({ program, terminal, done, withCore }: CommandPlace): void {
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
            ? (await import('./commands/incidents.ts')).incidents(terminal, core, json === true, stats === true)
            : (await import('./commands/incident-search.ts')).searchIncidents(terminal, core, search, json === true),
        ),
      ),
    );

  program
    .command('resolve')
    .description('end an incident or drill as it is, with the reason; nothing is run')
    .argument('<id>', 'the id of an open incident or drill (rollbook incidents lists them)')
    .argument('<why>', 'why it is ended as it is; the report has it')
    .option('--json', 'print {incidentId, resolved, outcome} as JSON')
    .action(async (id: string, why: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/resolve.ts')).resolveAsItIs(terminal, core, id, why, json === true),
        ),
      ),
    );

  program
    .command('verify')
    .description("prove that an incident's events are whole, by recomputing its hash chain")
    .argument('<id>', 'the id of an incident or drill (rollbook incidents lists them)')
    .option('--json', 'print {incidentId, ok, events, purged, head, problem} as JSON')
    .action(async (id: string, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('./commands/incidents.ts')).verify(terminal, core, id, json === true),
        ),
      ),
    );
}
