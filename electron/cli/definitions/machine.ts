/** Commands to run before an incident: readiness of this machine, status pages of the providers. */
import type { AddCommands } from './definition.ts';

export const addMachine: AddCommands = (program, { terminal, done, withCore }) => {
  program
    .command('readiness')
    .description('check whether this machine could run a runbook now: tools, logins, apps, secrets, network, practice')
    .argument('[file]', 'a Markdown runbook; the bundled one by default')
    .option('--json', 'print the result as JSON')
    .action(async (file: string | undefined, { json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/readiness.ts')).readiness(terminal, core, file, json === true),
        ),
      ),
    );

  program
    .command('providers')
    .description('ask the public status pages of Fly and Supabase whether the problem is theirs')
    .option('--json', 'print {providers: [{id, title, page, standing, askedAt}]} as JSON')
    .action(async ({ json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/providers.ts')).providers(terminal, core, json === true),
        ),
      ),
    );
};
