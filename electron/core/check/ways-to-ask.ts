/** How each tool is asked for help: a closed list of calls that only print. */
import type { ToolTable } from '#shared/check/grammar/table.ts';
import { readHelpPage } from '#shared/check/help/help-page.ts';
import type { Answer } from './ask.ts';
import { tableFromHelp } from './help-pages.ts';

export interface Question {
  readonly tool: string;
  readonly version: string;
  readonly calls: readonly (readonly string[])[];
  /** The table of a near version, or null. */
  readonly like: ToolTable | null;
  readonly ask: (...args: readonly string[]) => Promise<Answer>;
}

type Way = (question: Question) => Promise<ToolTable | null>;

/** Programs with a page of its own behind --help for each command. */
const everyCommand: Way = ({ ask, ...rest }) => tableFromHelp({ ...rest, askPage: (path) => ask(...path, '--help') });

/** One page for all flags, no subcommands. */
const onePage =
  (...args: readonly string[]): Way =>
  async ({ tool, version, ask }) => {
    const { text, code } = await ask(...args);
    const { flags } = readHelpPage(text);
    return code === 0 && flags.length > 5
      ? { tool, version, global: '', shortened: true, pages: { '': flags.join(' ') } }
      : null;
  };

/** `git help -a` lists the commands; of their flags only a table of the same version knows all. */
const git: Way = async ({ tool, version, like, ask }) => {
  if (like?.version === version) return like;
  const { text, code } = await ask('help', '-a');
  const names = [...text.matchAll(/^ {3}([a-z][\w-]*)(?:\s{2,}|$)/gm)].map(([, name = '']) => name);
  if (code !== 0 || names.length < 20) return null;
  const flags = like?.pages['']?.split(' ').filter((token) => token.startsWith('-')) ?? [];
  return { tool, version, global: '-h --help', pages: { '': [...names, ...flags, '*'].join(' ') } };
};

/** With --help, npm runs no script; an unknown command is still refused. */
const npm: Way = async ({ tool, version, calls, like, ask }) => {
  const names: string[] = [];
  let open = false;
  for (const word of new Set(calls.flatMap(([first]) => first ?? []))) {
    const { text, code } = await ask('--help', word);
    if (code === 0) names.push(word);
    else if (!/^Unknown command: /m.test(text)) open = true;
  }
  const listed =
    like?.pages['']?.split(' ').filter((token) => /^[a-z][\w-]*$/.test(token) && names.includes(token)) ?? [];
  return {
    tool,
    version,
    global: '',
    pages: { '': [...names, ...listed, '*', 'help', ...(open ? ['...'] : [])].join(' ') },
  };
};

/** Tools that may be asked without being asked for; any other one needs an approval. */
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
