/** `rollbook settings` and its subcommands. */
import { SETTING_KEYS } from './setting-keys.ts';
import { noCommand } from './help.ts';
import type { AddCommands } from './definition.ts';

export const addSettings: AddCommands = (program, { terminal, done, withCore }) => {
  const settings = program
    .command('settings')
    .description('list or change the settings of this machine: checkout, secrets, Slack, approvers');

  settings
    .command('list', { isDefault: true })
    .description('print the settings; for a secret only where it comes from')
    .option('--runbook <file>', 'only the settings of this runbook and of this machine')
    .option('--json', 'print the result as JSON')
    .allowExcessArguments()
    .action(async ({ json, runbook }, { args: [word] }) => {
      if (word !== undefined) noCommand(settings, word);
      done(
        await withCore(async (core) =>
          (await import('../commands/settings.ts')).listSettings(terminal, core, {
            ...(runbook === undefined ? {} : { runbook }),
            json: json === true,
          }),
        ),
      );
    });

  for (const [word, description] of [
    ['set', 'change one setting; a secret is tried at once, and its value is never an argument'],
    ['unset', 'remove one setting'],
  ] as const) {
    const command = settings
      .command(word)
      .description(description)
      .argument('<key>', 'see below')
      .option('--runbook <file>', 'the runbook that the setting is for; the bundled one by default')
      .option('--json', 'print {changed, tried, settings} as JSON')
      .addHelpText('after', `\n${SETTING_KEYS}`);
    if (word === 'set') command.argument('<value...>', 'see below');
    command.action(async (key: string, ...rest: unknown[]) => {
      const words = word === 'set' ? (rest[0] as string[]) : [];
      const { runbook, json } = command.opts<{ runbook?: string; json?: boolean }>();
      done(
        await withCore(async (core) =>
          (await import('../commands/settings.ts')).changeSetting(terminal, core, key, words, {
            ...(runbook === undefined ? {} : { runbook }),
            json: json === true,
          }),
        ),
      );
    });
  }
};
