/**
 * `rollbook help [command...]`, and the error for an unknown command. The library's own help command prints the whole list for an
 * unknown command and exits with 1.
 */
import type { Command } from 'commander';
import { nearest } from '#shared/words/nearest.ts';

/** Adds `help` to `command` and to each command below it that has commands of its own. */
export function addHelp(command: Command): void {
  if (command.commands.length === 0) return;
  for (const below of command.commands) addHelp(below);
  command.helpCommand(false);
  command
    .command('help')
    .description('display help for command')
    .argument('[command...]')
    .helpOption(false)
    .action((words: readonly string[]) => {
      let at = command;
      for (const word of words) at = at.commands.find((below) => below.name() === word) ?? noCommand(at, word);
      at.outputHelp();
    });
}

/** `rollbook foo --help` is a mistake too: the library prints the whole list and succeeds. */
export function mustKnowCommand(program: Command, args: readonly string[]): void {
  const word = args.find((each) => !each.startsWith('-'));
  if (word !== undefined && !program.commands.some((command) => command.name() === word)) noCommand(program, word);
}

/** Refuses an unknown command as a usage error. */
export function noCommand(command: Command, word: string): never {
  const names = command.commands.map((below) => below.name());
  const near = nearest(word, names);
  const hint = near === null ? '' : `\n(Did you mean ${near}?)`;
  if (names.length === 0) return command.error(`error: '${command.name()}' has no commands of its own: '${word}'`);
  return command.error(`error: unknown command '${word}'${hint}`, { code: 'commander.unknownCommand', exitCode: 1 });
}
