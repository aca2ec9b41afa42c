import type { Rule } from '../rule.ts';

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
  ],
  good: [
    'git checkout "$GIT_TAG"',
    'rm -f core.[0-9]',
    'ls [a-z]*',
    'echo "Usage: quick [service-name]"',
    'sort <in >out',
    'ps aux | grep [f]ly',
  ],
  check: ({ script }) =>
    script.blanks.flatMap((blank) => {
      // The innermost call decides: `$(...)` stands inside another one's words.
      const call = script.calls.filter(({ pos, end }) => pos <= blank.pos && blank.end <= end).at(-1);
      if (call === undefined || PRINTERS.has(call.tool) || PATTERN_TOOLS.has(call.tool)) return [];
      const name = blank.text.slice(1, -1).trim().toUpperCase().replace(/\W+/g, '_');
      return [
        {
          at: blank,
          message: `${blank.text} still has to be filled in.`,
          fix: `Write "$${name}" and declare ${name} under variables in the front matter.`,
          source: 'POSIX shell 2.7 and 2.13: <word> is a redirection, [word] a pattern for file names',
        },
      ];
    }),
};
