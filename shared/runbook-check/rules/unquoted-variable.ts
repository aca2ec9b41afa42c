import type { WordPart } from 'unbash';
import type { Problem, Rule } from '../rule.ts';
import { visit } from '../../runbook/shell.ts';
import type { Script } from '../script.ts';

/** Tools for which word splitting does no harm. */
const HARMLESS = new Set(
  'echo printf export local declare readonly exit return shift sleep seq kill wait set unset test ['.split(' '),
);

export const unquotedVariable: Rule = {
  name: 'unquoted-variable',
  severity: 'warning',
  about: 'An unquoted variable is split at spaces and expanded as a glob, and an empty one disappears.',
  bad: ['psql $DATABASE_URL -c "select 1"', 'curl -fsS -m 9 https://$SERVICE.fly.dev/health', 'rm -rf ${DIR}/cache'],
  good: [
    'psql "$DATABASE_URL" -c "select 1"',
    'for app in shop cart; do fly status -a $app; done',
    'echo $SERVICE',
    'make $MAKE_FLAGS',
    'X=$Y',
  ],
  check: ({ script }) => {
    const safe = plainlyAssigned(script);
    return script.calls.flatMap((call): readonly Problem[] => {
      if (HARMLESS.has(call.tool)) return [];
      const word = call.args.find((argument) => (argument.word.parts ?? []).some((part) => isSplit(part, safe)));
      const part = word?.word.parts?.find((inner) => isSplit(inner, safe));
      if (word === undefined || part === undefined) return [];
      return [
        {
          at: word,
          message: `${part.text} is not quoted: it is split at spaces, and if it is empty the argument disappears.`,
          fix: `Write "${word.text}".`,
          edits: call.args
            .filter(
              ({ word: { parts }, text }) => !/["'`\\]/.test(text) && parts?.some((inner) => isSplit(inner, safe)),
            )
            .map(({ pos, end, text }) => ({ pos, end, text: `"${text}"` })),
          source: 'Bash manual, Word Splitting',
        },
      ];
    });
  },
};

function isSplit(part: WordPart, safe: ReadonlySet<string>): boolean {
  const name =
    part.type === 'SimpleExpansion'
      ? part.text.slice(1)
      : part.type === 'ParameterExpansion' && part.prefix === undefined
        ? part.parameter
        : '';
  return /^(?:[A-Za-z_]\w*|\d+)$/.test(name) && !safe.has(name) && !/(?:ARGS|OPTS|OPTIONS|FLAGS)$/i.test(name);
}

/** Variables that the script only sets to a single plain word. */
function plainlyAssigned({ tree }: Script): ReadonlySet<string> {
  const safe = new Set<string>();
  const unsafe = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'For')
      (node.wordlist?.every((word) => word.parts === undefined) ? safe : unsafe).add(node.name.value);
    if (node.type === 'Assignment')
      (node.value.type === 'Word' && node.value.parts === undefined && node.append !== true ? safe : unsafe).add(
        node.name,
      );
  });
  return new Set([...safe].filter((name) => !unsafe.has(name)));
}
