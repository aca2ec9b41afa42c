/** `rollbook handover` and its subcommands. */
import { type AddCommands, ID } from './definition.ts';

export const addHandover: AddCommands = (program, { terminal, done, withCore }) => {
  const handover = program.command('handover').description('move an incident to another machine as one file');
  handover
    .command('export')
    .description('write the bundle; after that, the copy on this machine is read-only')
    .argument('<id>', ID)
    .option('-o, --output <file>', "the file to write; by default a new one in the data folder's handovers/")
    .option('--to <who>', 'who takes over; optional')
    .option('--reason <text>', 'why, for the timeline; optional')
    .option('--json', 'print {incidentId, handoverId, path, sha256, events, leftBehind} as JSON')
    .action(async (id: string, options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/handover.ts')).give(terminal, core, id, {
            to: '',
            reason: '',
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );
  handover
    .command('import')
    .description('take over the incident in a bundle; importing it twice changes nothing')
    .argument('<file>', 'a bundle that `rollbook handover export` wrote')
    .option('--trust', 'you have reviewed the runbook in the bundle')
    .option('--reason <text>', 'why, for the timeline; optional')
    .option('--json', 'print {incidentId, title, handoverId, fromHost, fromBy, events, taken, leftBehind} as JSON')
    .action(async (file: string, options) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/handover.ts')).takeHandover(terminal, core, file, {
            trust: options.trust === true,
            reason: options.reason ?? '',
            json: options.json === true,
          }),
        ),
      ),
    );
};
