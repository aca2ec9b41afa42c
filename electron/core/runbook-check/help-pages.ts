/**
 * Builds a table from the pages of a tool's help that some calls need. A subcommand exists only if the printed help is its
 * own: several programs print the help of the group instead and exit with 0.
 */
import type { CommandEntry, ToolTable } from '#shared/runbook-check/grammar/tool-table.ts';
import { type HelpPage, readHelpPage } from '#shared/runbook-check/help-page.ts';
import type { Answer } from './run-help.ts';

/** Reads the page of one command: `['db', 'dump']`. */
type AskPage = (path: readonly string[]) => Promise<Answer>;

/** At most this many pages are read; other commands are judged by the known table of a similar version. */
const MAX_PAGES = 80;

interface PagesInput {
  readonly tool: string;
  readonly version: string;
  /** The plain words of each call, without flags and their values. */
  readonly calls: readonly (readonly string[])[];
  readonly askPage: AskPage;
  /** The table of a similar version: it has flags that are accepted but not in the help. */
  readonly like: ToolTable | null;
}

interface Node {
  readonly page: HelpPage;
  readonly subcommands: Map<string, string>;
  /** The page of a subcommand could not be read: names that are not listed are not judged. */
  open: boolean;
}

/** null when the help of the tool itself could not be read. */
export async function tableFromHelp({ tool, version, calls, askPage, like }: PagesInput): Promise<ToolTable | null> {
  const nodes = new Map<string, Node>();
  let asked = 0;
  const ask = async (path: readonly string[]): Promise<HelpPage | 'not-own' | 'no-answer'> => {
    if (asked >= MAX_PAGES) return 'no-answer';
    asked += 1;
    const { text, code } = await askPage(path);
    if (code === null || text.trim() === '') return 'no-answer';
    const page = readHelpPage(text);
    if (page.path === null) return path.length > 0 && code !== 0 ? 'not-own' : 'no-answer';
    return isOwn(page.path, path) ? page : 'not-own';
  };
  const root = await ask([]);
  if (typeof root === 'string') return null;
  const isGroup = (path: string): boolean => (like?.commands[path]?.subcommands?.length ?? 0) > 0;
  nodes.set('', nodeOf(root));
  for (const words of calls) await follow(words, nodes, isGroup, ask);
  const read = Object.fromEntries([...nodes].map(([path, node]) => [path, entryOf(node, like?.commands[path])]));
  return {
    tool,
    version,
    source: 'its own help',
    globalFlags: like?.globalFlags ?? ['-h', '--help'],
    commands: { ...(like === null ? {} : unread(like, read)), ...read },
  };
}

/** True for the command's own page; an alias prints the page of the name it stands for, in the same group. */
function isOwn(told: readonly string[], path: readonly string[]): boolean {
  return told.length === path.length && told.slice(0, -1).every((word, index) => word === path[index]);
}

const nodeOf = (page: HelpPage): Node => ({
  page,
  subcommands: new Map(page.subcommands.map((name) => [name, name])),
  open: false,
});

async function follow(
  words: readonly string[],
  nodes: Map<string, Node>,
  /** True for a command that is known to have subcommands, also if its help lists none. */
  isGroup: (path: string) => boolean,
  ask: (path: readonly string[]) => Promise<HelpPage | 'not-own' | 'no-answer'>,
): Promise<void> {
  let path: readonly string[] = [];
  for (const word of words) {
    const group = nodes.get(path.join(' '));
    if (group === undefined || (group.subcommands.size === 0 && !isGroup(path.join(' ')))) return;
    const name = group.subcommands.get(word);
    const next = [...path, name ?? word];
    if (!nodes.has(next.join(' '))) {
      const page = await ask(next);
      if (page === 'not-own') return;
      if (page === 'no-answer') {
        group.open = true;
        return;
      }
      const meant = page.path?.at(-1) ?? word;
      group.subcommands.set(word, meant);
      next[next.length - 1] = meant;
      if (!nodes.has(next.join(' '))) nodes.set(next.join(' '), nodeOf(page));
    }
    path = next;
  }
}

type Entries = Readonly<Record<string, CommandEntry>>;

/** What the known table says of commands whose page was not read: an installed tool must not make the check find less. */
function unread(like: ToolTable, read: Entries): Entries {
  const mayExist = (path: string): boolean => {
    const words = path.split(' ');
    const group = read[words.slice(0, -1).join(' ')];
    const names = group?.subcommands ?? [];
    return group === undefined || group.moreSubcommands === true || names.includes(words.at(-1) ?? '');
  };
  return Object.fromEntries(
    Object.entries(like.commands).filter(([path]) => read[path] === undefined && mayExist(path)),
  );
}

function entryOf({ page, subcommands, open }: Node, like: CommandEntry | undefined): CommandEntry {
  // A group may list no names in its help: then those that are known stand for it.
  const known = page.subcommands.length === 0 ? like : undefined;
  const names = [...subcommands].flatMap(([name, meant]) => (name === meant ? [name] : []));
  const aliases = [...subcommands].filter(([name, meant]) => name !== meant);
  return {
    flags: [...page.flags, ...(like?.flags ?? [])],
    subcommands: [...new Set([...names, ...(known?.subcommands ?? [])])],
    aliases: { ...known?.aliases, ...Object.fromEntries(aliases) },
    ...(open ? { moreSubcommands: true } : {}),
    // The help of a tool does not say that a command takes no words.
    ...(like?.noArguments === true && subcommands.size === 0 ? { noArguments: true } : {}),
  };
}
