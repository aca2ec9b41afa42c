/** `rollbook handover` and its subcommands. */
import type { AddSubcommands } from './subcommand.ts';

export const addHandover: AddSubcommands = (program, { terminal, done, withCore }) => {
  const handover = program
    .command('handover')
    .description('hand an incident over to another machine as one file, or go on with one');
  handover
    .command('export')
    .description('write the bundle; this copy can only be read afterwards')
    .argument('<id>', 'the id of an incident (rollbook incidents lists them)')
    .option('-o, --output <file>', "the file to write; a new one in the data folder's handovers by default")
    .option('--to <who>', 'who goes on with it; may be left out', '')
    .option('--reason <text>', 'why, for the timeline; may be left out', '')
    .option('--json', 'print {incidentId, handoverId, path, sha256, events, leftBehind} as JSON')
    .action(async (id: string, options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/handover.ts')).give(terminal, core, id, {
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );
  handover
    .command('import')
    .description('go on with the incident of a bundle; importing one twice changes nothing')
    .argument('<file>', 'a bundle that `rollbook handover export` wrote')
    .option('--trust', 'you have reviewed the runbook that is in it')
    .option('--reason <text>', 'why, for the timeline', '')
    .option('--json', 'print {incidentId, title, handoverId, fromHost, fromBy, events, taken, leftBehind} as JSON')
    .action(async (file: string, options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/handover.ts')).takeHandover(terminal, core, file, {
            trust: options.trust === true,
            reason: options.reason,
            json: options.json === true,
          }),
        ),
      ),
    );
};
