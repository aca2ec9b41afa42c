import { callAround } from '../call-around.ts';
import type { Problem, Rule } from '../rule.ts';
import type { Call, Span } from '../script.ts';
import { standIns } from '../stand-ins.ts';

/** In what these print or search for, brackets are text. */
const PRINTERS = new Set(['', 'echo', 'printf', 'read', 'export', 'alias', 'trap']);
const PATTERN_TOOLS = new Set('grep egrep fgrep rg sed awk jq yq perl python python3 node ruby find tr cut'.split(' '));

export const unfilledPlaceholder: Rule = {
  name: 'unfilled-placeholder',
  severity: 'error',
  about: 'A blank that somebody has to fill in at the worst moment; the shell takes it for a glob or a redirection.',
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
      // The innermost call decides: `$(...)` stands inside another one's words.
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
const AS_VALUE = 'The tool takes the word as it is: "YOUR_APP" is then the name of an app that is not there.';

function problem(at: Span & { readonly text: string }, inner: string, source: string): Problem {
  const name = inner
    .trim()
    .toUpperCase()
    .replace(/\W+/g, '_')
    .replace(/^YOUR_/, '');
  const fix = /^(?:TODO|FIXME|TBD|CHANGE_?ME|REPLACE_?ME|X+)$/.test(name)
    ? 'Write what belongs there, or a variable that is declared under variables in the front matter.'
    : `Write "$${name}" and declare ${name} under variables in the front matter.`;
  return { at, message: `${at.text} still has to be filled in.`, fix, source };
}
