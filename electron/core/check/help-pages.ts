/**
 * Builds a table from the pages of a tool's help that some calls need. A subcommand exists only if the printed help is its
 * own: several programs print the help of the group instead and exit with 0.
 */
import type { CommandEntry, ToolTable } from '#shared/check/grammar/tool-table.ts';
import { type HelpPage, readHelpPage } from '#shared/check/help-page.ts';
import type { Answer } from './run-help.ts';

/** Reads the page of one command: `['db', 'dump']`. */
type AskPage = (path: readonly string[]) => Promise<Answer>;

/** At most this many pages are read; other commands are not judged. */
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
  nodes.set('', nodeOf(root));
  for (const words of calls) await follow(words, nodes, ask);
  return {
    tool,
    version,
    source: 'its own help',
    globalFlags: like?.globalFlags ?? ['-h', '--help'],
    commands: Object.fromEntries([...nodes].map(([path, node]) => [path, entryOf(node, like?.commands[path])])),
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
  ask: (path: readonly string[]) => Promise<HelpPage | 'not-own' | 'no-answer'>,
): Promise<void> {
  let path: readonly string[] = [];
  for (const word of words) {
    const group = nodes.get(path.join(' '));
    if (group === undefined || group.subcommands.size === 0) return;
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

const entryOf = ({ page, subcommands, open }: Node, like: CommandEntry | undefined): CommandEntry => ({
  flags: [...page.flags, ...(like?.flags ?? [])],
  subcommands: [...subcommands].flatMap(([name, meant]) => (name === meant ? [name] : [])),
  aliases: Object.fromEntries([...subcommands].filter(([name, meant]) => name !== meant)),
  ...(open ? { moreSubcommands: true } : {}),
});
