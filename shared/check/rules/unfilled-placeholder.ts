import { type Argument, type Call, callAround, type Span } from '../script.ts';
import type { Problem, Rule } from '../rule.ts';

/** Brackets are plain text for tools that print or search. */
const PRINTERS = new Set(['', 'echo', 'printf', 'read', 'export', 'alias', 'trap']);
const PATTERN_TOOLS = new Set('grep egrep fgrep rg sed awk jq yq perl python python3 node ruby find tr cut'.split(' '));

export const unfilledPlaceholder: Rule = {
  name: 'unfilled-placeholder',
  severity: 'error',
  about:
    'A placeholder that somebody has to fill in during the incident; the shell reads it as a glob or a redirection.',
  bad: [
    'git checkout [previous-tag]',
    'fly deploy -a shop --image <image>',
    'psql "$DATABASE_URL" -c "select * from [table_name]"',
    'fly releases -a [X]',
    'fly releases -a YOUR_APP --json',
    'curl -fsS --max-time 10 https://your-app.fly.dev/health',
    'fly deploy -a shop --image TODO',
    'fly secrets set API_KEY=CHANGEME -a shop',
    'git checkout XXXX',
  ],
  good: [
    'git checkout "$GIT_TAG"',
    'rm -f core.[0-9]',
    'ls [a-z]*',
    'echo "Usage: quick [service-name]"',
    'sort <in >out',
    'ps aux | grep [f]ly',
    'grep -rn TODO src',
    'git log --grep TODO',
    'git commit -m TODO',
    'mktemp XXXXXX',
    'fly deploy -a "$YOUR_APP" --image "$IMAGE"',
    'fly releases -a todo --json',
    'psql "$DATABASE_URL" -c "select count(*) from todo where state = \'TODO\'"',
    'fly secrets set YOUR_NAME_SERVICE=on -a shop',
  ],
  check: ({ script }) => [
    ...script.placeholders.flatMap((placeholder) => {
      // The innermost call decides: `$(...)` is inside the arguments of another call.
      const call = callAround(script, placeholder);
      return call === undefined || isText(call) ? [] : [problem(placeholder, placeholder.text.slice(1, -1), IN_SHELL)];
    }),
    ...script.calls
      .filter((call) => !isText(call))
      .flatMap((call) => standIns(call).map((word) => problem(word, word.text, AS_VALUE))),
  ],
};

const isText = ({ tool }: Call): boolean => PRINTERS.has(tool) || PATTERN_TOOLS.has(tool);

const IN_SHELL = 'POSIX shell 2.7 and 2.13: <word> is a redirection, [word] a pattern for file names';
const AS_VALUE = 'The tool uses the word as it is: "YOUR_APP" would be the name of an app that does not exist.';

function problem(at: Span & { readonly text: string }, inner: string, source: string): Problem {
  const name = inner
    .trim()
    .toUpperCase()
    .replace(/\W+/g, '_')
    .replace(/^YOUR_/, '');
  const fix = /^(?:TODO|FIXME|TBD|CHANGE_?ME|REPLACE_?ME|X+)$/.test(name)
    ? 'Write the real value, or a variable that is declared under variables in the front matter.'
    : `Write "$${name}" and declare ${name} under variables in the front matter.`;
  return { at, message: `${at.text} still has to be filled in.`, fix, source };
}

/** A word in place of a real value: `YOUR_APP`, `your-app-name`, `TODO`, `CHANGEME`, `XXXX`. */
interface StandIn {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

/** As a part of a name or an address, up to a separator. */
const YOURS = /(?:^|[=:/@])(your[-_][a-z][a-z0-9_-]*|YOUR[-_][A-Z][A-Z0-9_-]*)(?=$|[.:/@?])/;
/** Only as a whole value: in a sentence they are ordinary words. */
const WHOLE = /(?:^|=)(TODO|FIXME|TBD|CHANGE[_-]?ME|REPLACE[_-]?ME|changeme|X{3,}|x{3,})$/;

/** In arguments of these, such words are text to search for or to record. */
const GIT_TEXT = new Set(['grep', 'log', '-m', '--message', '--grep', '-S', '-G']);

/** In the order written. Words with a variable in them are skipped: their value is not known. */
function standIns({ tool, args }: Call): readonly StandIn[] {
  if (tool === 'mktemp' || (tool === 'git' && args.some(({ value }) => GIT_TEXT.has(value)))) return [];
  return args.flatMap((argument) => standInOf(argument) ?? []);
}

function standInOf({ plain, value, text, pos, end }: Argument): StandIn | null {
  const found = plain ? (WHOLE.exec(value)?.[1] ?? YOURS.exec(value)?.[1]) : undefined;
  if (found === undefined) return null;
  const at = text.indexOf(found);
  return at < 0 ? { pos, end, text: found } : { pos: pos + at, end: pos + at + found.length, text: found };
}
