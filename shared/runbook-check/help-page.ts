/**
 * Reads the help text of a command: which command it is about, its subcommands and flags. Knows the layouts of Go
 * programs (fly, docker, supabase up to 2.98), of supabase from 2.99 on, and of psql, curl and git.
 */

export interface HelpPage {
  /** The command the page is about, without the tool's name; null when the page does not say. */
  readonly path: readonly string[] | null;
  readonly subcommands: readonly string[];
  /** `--file=` takes a value. */
  readonly flags: readonly string[];
  /** Other full names of the command: `['image', 'list']`. */
  readonly aliases: readonly (readonly string[])[];
}

/** Titles of sections that list no commands. */
const NO_COMMANDS =
  /flag|option|usage|example|alias|description|permission|target|output|format|argument|topic|learn|note/i;

export function readHelpPage(text: string): HelpPage {
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '').replace(/\r/g, '');
  const lines = plain.split('\n');
  const subcommands: string[] = [];
  const flags: string[] = [];
  let commands = false;
  for (const line of lines) {
    if (/^\S/.test(line)) {
      commands = /^[A-Z][\w ]*:?$|^[A-Z][\w ]*commands?\b.*:$/i.test(line.trim()) && !NO_COMMANDS.test(line);
    } else if (/^ {1,30}-/.test(line)) flags.push(...flagsIn(line));
    else if (commands) subcommands.push(...namesIn(line));
  }
  return { path: pathIn(plain), subcommands, flags, aliases: aliasesIn(plain) };
}

/** `Usage:  docker container COMMAND`, `USAGE\n  supabase db <subcommand> [flags]`: the plain words after the tool. */
function pathIn(text: string): readonly string[] | null {
  const usage = /^usage:?[ \t]*\n?[ \t]*(\S.*)$/im.exec(text)?.[1];
  if (usage === undefined) return null;
  const [, ...words] = usage.trim().split(/\s+/);
  const end = words.findIndex((word) => !/^[a-z][\w-]*$/.test(word));
  return end < 0 ? words : words.slice(0, end);
}

/** `Aliases:\n  docker image ls, docker image list`; bare names (`ls, list`) are skipped: they are of the same group. */
function aliasesIn(text: string): readonly (readonly string[])[] {
  const listed = /^Aliases:\s*\n\s+(\S.*)$/m.exec(text)?.[1] ?? '';
  return listed.split(', ').flatMap((name) => {
    const words = name.trim().split(/\s+/).slice(1);
    return words.length === 0 ? [] : [words];
  });
}

/** `  migration, migrations Manage ...`, `  compose*     Docker Compose`. */
function namesIn(line: string): readonly string[] {
  const [, names] = /^ {1,6}([a-z][a-z0-9_-]*\*?(?:, [a-z][a-z0-9_-]*)*)(?:\s{2,}|\s*[A-Z]|$)/.exec(line) ?? [];
  return names === undefined ? [] : names.split(', ').map((name) => name.replace('*', ''));
}

/** `  -f, --file string   ...`, `  --help, -h`, `  --remote[=<ref>]`, `  -v, --set=, --variable=NAME=VALUE`. */
function flagsIn(line: string): readonly string[] {
  const [, head = ''] = /^\s*(-.*?)(?:\s{2,}|$)/.exec(line) ?? [];
  const names = [...head.matchAll(/(?:^|[\s,|])(--?[A-Za-z0-9?#][\w.-]*)/g)].map(([, name = '']) => name);
  const rest = head
    .replace(/(?:^|[\s,|])--?[A-Za-z0-9?#][\w.-]*/g, '')
    .replace(/\("one"\)|[,|]/g, '')
    .trim();
  const optional = rest.startsWith('[=');
  return names.map((name) => (rest !== '' && !optional ? `${name}=` : name));
}
