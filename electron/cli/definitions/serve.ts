/** `rollbook serve`. */
import { visibleJson } from '#shared/words/visible.ts';
import { number } from './option-types.ts';
import { EXIT } from '../exit-codes.ts';
import type { AddCommands } from './definition.ts';

export const addServe: AddCommands = (program, { terminal, done, ports }) => {
  program
    .command('serve')
    .description('serve the window on 127.0.0.1 and print a one-time link, until Ctrl-C')
    .option('--open', 'open the window in Chromium, Chrome or Edge, if there is one and a display')
    .option('--port <n>', 'a fixed port; 0 picks a free one', number(0, 65_535), 0)
    .option('--json', 'print each message as one JSON object per line')
    .action(async (options) => {
      const { serve } = await import('../../loopback/serve.ts');
      const line = (text: string): void =>
        terminal.exact(`${options.json === true ? visibleJson(JSON.stringify({ message: text })) : text}\n`);
      const { keptApartText, openCoreOrEmergency } = await import('#core/emergency/emergency-core.ts');
      const { core, problem, folder } = await openCoreOrEmergency({ host: 'loopback', door: terminal.door, ports });
      const where = folder === null ? '' : keptApartText(folder);
      if (problem !== null) line(`${problem.message} ${problem.advice ?? ''} ${where}`.trimEnd());
      try {
        await serve(core, { open: options.open === true, port: options.port, print: line });
      } finally {
        await core.close();
      }
      done(problem === null ? EXIT.ok : EXIT.store);
    });
};
