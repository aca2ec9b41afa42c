/** The generated parts of electron/cli/README.md. */
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { openDoor } from '#core/redaction-door.ts';
import { listScenarios } from '#core/simulator/scenario-files.ts';
import { programOf } from '../../../electron/cli/program.ts';
import { typedWords } from '../../../electron/cli/wizard/asides.ts';
import { NO_PROGRESS } from '../../../electron/cli/progress.ts';

/** Characters in a line, whatever the terminal of the person who writes it. */
const WIDTH = 100;

/** The commands as they are read, with what they print; nothing is carried out. */
export function commandTree(out: (text: string) => void = () => undefined): Command {
  const nothing = (): void => undefined;
  const door = openDoor();
  const input = Readable.from([]);
  return programOf(
    { out, err: nothing, exact: out, door, input, cwd: '/', interactive: false, progress: NO_PROGRESS },
    undefined,
    nothing,
    nothing,
  );
}

/** What `--help` prints of each command that does something, under a heading each. */
export function commandReference(): string {
  let said = '';
  const program = commandTree((text) => {
    said += text;
  });
  const helpOf = (command: Command): string => {
    said = '';
    command.configureHelp({ ...command.configureHelp(), helpWidth: WIDTH }).outputHelp();
    return said.trimEnd();
  };
  return leavesOf(program, '')
    .map(({ name, command }) => `### rollbook ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``)
    .join('\n\n');
}

interface Leaf {
  readonly name: string;
  readonly command: Command;
}

const leavesOf = (command: Command, before: string): readonly Leaf[] =>
  // The help command is left out.
  command.commands
    .filter((below) => below.name() !== 'help')
    .flatMap((below) => {
      const name = `${before}${below.name()}`;
      return below.commands.length === 0 ? [{ name, command: below }] : leavesOf(below, `${name} `);
    });

/** As `rollbook drill --list` says them. */
export async function scenarioTable(): Promise<string> {
  const rows = (await listScenarios()).map(({ name, expected, title }) => `| \`${name}\` | ${expected} | ${title} |`);
  return ['| Scenario | Ends | What happens |', '|---|---|---|', ...rows].join('\n');
}

export const typedWordsText = (): string => `\`\`\`text\n${typedWords()}\n\`\`\``;
