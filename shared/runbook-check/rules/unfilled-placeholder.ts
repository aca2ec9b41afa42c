import { blanksIn } from '../blanks.ts';
import type { Span } from '../script.ts';
import type { Problem, Rule } from '../rule.ts';

export const unfilledPlaceholder: Rule = {
  name: 'unfilled-placeholder',
  severity: 'error',
  about:
    'A placeholder that nobody is asked for, because it stands where no variable can; the shell reads it as it is.',
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
  check: ({ script, blanks }) =>
    blanksIn(script)
      .filter(({ text }) => blanks === undefined || blanks === 'read-only' || blanks.has(text))
      .map((blank) => ({
        ...problem(blank, blank.text, blank.kind === 'stand-in' ? AS_VALUE : IN_SHELL),
        // A person who copies the command sees the blank.
        ...(blanks === 'read-only' ? { severity: 'note' as const } : {}),
      })),
};

const IN_SHELL = 'POSIX shell 2.7 and 2.13: <word> is a redirection, [word] a pattern for file names';
const AS_VALUE = 'The tool uses the word as it is: "YOUR_APP" would be the name of an app that does not exist.';

function problem(at: Span & { readonly text: string }, inner: string, source: string): Problem {
  const name = inner
    .replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, '')
    .toUpperCase()
    .replace(/\W+/g, '_')
    .replace(/^YOUR_/, '');
  const fix = /^(?:TODO|FIXME|TBD|CHANGE_?ME|REPLACE_?ME|X+)$/.test(name)
    ? 'Write the real value, or a variable that is declared under variables in the front matter.'
    : `Write "$${name}" and declare ${name} under variables in the front matter.`;
  return { at, message: `${at.text} still has to be filled in.`, fix, source };
}
