/** `rollbook incidents` and `rollbook verify`, as the command line reads them. */
import type { Command } from 'commander';
import type { OpenCore } from '#core/core.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export function addIncidents(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
  withCore: <T>(work: (core: OpenCore) => Promise<T> | T) => Promise<T>,
): void {
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
