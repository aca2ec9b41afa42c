/** How the help of each tool is read: a closed list of commands that only print help or a version. */
import type { ToolTable } from '#shared/runbook-check/grammar/tool-table.ts';
import { readHelpPage } from '#shared/runbook-check/help-page.ts';
import type { Answer } from './run-help.ts';
import { tableFromHelp } from './help-pages.ts';

export interface Question {
  readonly tool: string;
  readonly version: string;
  readonly calls: readonly (readonly string[])[];
  /** The table of a similar version, or null. */
  readonly like: ToolTable | null;
  readonly ask: (...args: readonly string[]) => Promise<Answer>;
}

const SOURCE = 'its own help';

type Way = (question: Question) => Promise<ToolTable | null>;

/** Programs where every command has its own page with --help. */
const everyCommand: Way = ({ ask, ...rest }) => tableFromHelp({ ...rest, askPage: (path) => ask(...path, '--help') });

/** One page for all flags, no subcommands. */
const onePage =
  (...args: readonly string[]): Way =>
  async ({ tool, version, ask }) => {
    const { text, code } = await ask(...args);
    const { flags } = readHelpPage(text);
    return code === 0 && flags.length > 5
      ? { tool, version, source: SOURCE, globalFlags: [], shortenedFlags: true, commands: { '': { flags } } }
      : null;
  };

/** `git help -a` lists the commands; all flags are only in a table of the same version. */
const git: Way = async ({ tool, version, like, ask }) => {
  if (like?.version === version) return like;
  const { text, code } = await ask('help', '-a');
  const names = [...text.matchAll(/^ {3}([a-z][\w-]*)(?:\s{2,}|$)/gm)].map(([, name = '']) => name);
  if (code !== 0 || names.length < 20) return null;
  const flags = like?.commands['']?.flags ?? [];
  const root = { flags, moreFlags: true, subcommands: names } as const;
  return { tool, version, source: SOURCE, globalFlags: ['-h', '--help'], commands: { '': root } };
};

/** With --help, npm runs no script but still rejects unknown commands. */
const npm: Way = async ({ tool, version, calls, ask }) => {
  const names: string[] = [];
  let open = false;
  for (const word of new Set(calls.flatMap(([first]) => first ?? []))) {
    const { text, code } = await ask('--help', word);
    if (code === 0) names.push(word);
    else if (!/^Unknown command: /m.test(text)) open = true;
  }
  const root = {
    moreFlags: true,
    subcommands: [...names, 'help'],
    ...(open ? { moreSubcommands: true as const } : {}),
  } as const;
  return { tool, version, source: SOURCE, globalFlags: [], commands: { '': root } };
};

/** Tools whose help is read without an approval. */
export const WAYS: ReadonlyMap<string, Way> = new Map([
  ['fly', everyCommand],
  ['supabase', everyCommand],
  ['docker', everyCommand],
  ['git', git],
  ['npm', npm],
  ['curl', onePage('--help', 'all')],
  ['psql', onePage('--help')],
  ['pg_dump', onePage('--help')],
  ['pg_restore', onePage('--help')],
]);

export const APPROVED_WAY: Way = everyCommand;
