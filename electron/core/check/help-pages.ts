/**
 * The pages of a tool's own help that some calls need, as a table. A subcommand exists only when the help that comes
 * back is that subcommand's own: several programs print the help of the group instead and end with 0.
 */
import type { ToolTable } from '#shared/check/grammar/table.ts';
import { type HelpPage, readHelpPage } from '#shared/check/help/help-page.ts';
import type { Answer } from './ask.ts';

/** Asks for the page of one path: `['db', 'dump']`. */
export type AskPage = (path: readonly string[]) => Promise<Answer>;

/** Most pages that are asked for; commands of the others stay unknown. */
const MAX_PAGES = 80;

export interface PagesInput {
  readonly tool: string;
  readonly version: string;
  /** The plain words of each call, flags and their values left out. */
  readonly calls: readonly (readonly string[])[];
  readonly askPage: AskPage;
  /** The table of a near version: it knows flags that are accepted and not listed. */
  readonly like: ToolTable | null;
}

interface Node {
  readonly page: HelpPage;
  readonly subcommands: Map<string, string>;
  /** Some names could not be asked for: nothing is known of names that are not listed. */
  open: boolean;
}

/** null when the tool's own help could not be read. */
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
  return { tool, version, global: like?.global ?? '-h --help', pages: printed(nodes, like) };
}

/** The page of an alias is that of the command it stands for: same depth, same group. */
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

function printed(nodes: ReadonlyMap<string, Node>, like: ToolTable | null): Record<string, string> {
  return Object.fromEntries(
    [...nodes].map(([path, { page, subcommands, open }]) => [
      path,
      [
        ...page.flags,
        ...(like?.pages[path]?.split(' ').filter((token) => token.startsWith('-')) ?? []),
        ...[...subcommands].map(([name, meant]) => (name === meant ? name : `${name}>${meant}`)),
        ...(open ? ['...'] : []),
      ].join(' '),
    ]),
  );
}
