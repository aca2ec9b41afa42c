/** Help texts in cobra's layout. The wording is not flyctl's: nothing may depend on it but that there is some. */
import { type Flag, GLOBAL_FLAGS } from './flags.ts';
import type { FlyCommand } from './fly-command.ts';

const flagLine = ({ name, short, takes }: Flag): string =>
  `  ${short === undefined ? '    ' : `-${short}, `}--${name}${takes === 'nothing' ? '' : ` ${takes}`}`;

/** What cobra prints on standard output before the error about a wrong flag or argument. */
export function usageOf(command: FlyCommand): string {
  const own = [...command.flags, { name: 'help', short: 'h', takes: 'nothing' } as const];
  return [
    'Usage:',
    `  fly ${command.name} [flags]`,
    '',
    'Flags:',
    ...[...own].sort((a, b) => (a.name < b.name ? -1 : 1)).map(flagLine),
    '',
    'Global Flags:',
    ...GLOBAL_FLAGS.filter((flag) => flag.name !== 'help').map(flagLine),
    '',
    '',
  ].join('\n');
}

export const helpOf = (command: FlyCommand): string => `${command.short}\n\n${usageOf(command)}`;

export const groupHelp = (name: string, short: string, commands: readonly string[]): string =>
  [
    short,
    '',
    'Usage:',
    `  fly ${name} [command]`,
    '',
    'Available Commands:',
    ...commands.map((command) => `  ${command}`),
    '',
    'Flags:',
    '  -h, --help',
    '',
    `Use "fly ${name} [command] --help" for more information about a command.`,
    '',
  ].join('\n');

export const ROOT_HELP = [
  'This is flyctl, the Fly.io command line interface, as the drill simulator plays it.',
  '',
  'Usage:',
  '  fly [flags]',
  '  fly [command]',
  '',
].join('\n');
