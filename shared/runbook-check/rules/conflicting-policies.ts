import { count } from '#shared/words/count.ts';
import type { Approver, AuthorityRule, Runbook } from '../../runbook/model.ts';
import type { RunbookProblem, RunbookRule } from '../rule.ts';

const STRICTNESS: Readonly<Record<Approver, number>> = { anyone: 0, 'team-lead': 1, manager: 2 };
/** Words that say which of two policies wins. */
const SETTLED =
  /\bstricter\b|takes? precedence|\boverrides?\b|in (?:every|any|all) severit|regardless of (?:the )?severity/i;
const WATCH = /\b(?:monitor|watch|follow)\w*\b[^.\n|`]{0,40}?\bfor (?:the )?(?:next )?(\d+)[- ]min/gi;

const authority = (option: string): string =>
  [
    '# Shop',
    '',
    '## Rollback authority',
    '',
    '- **P0 (Critical)**: Any engineer can initiate rollback',
    '',
    '## Option 2: Database rollback',
    '',
    option,
    '',
    '1. **Look**',
    '   ```bash',
    '   psql "$DATABASE_URL" -X -c "select 1"',
    '   ```',
    '',
  ].join('\n');

export const conflictingPolicies: RunbookRule = {
  name: 'conflicting-policies',
  severity: 'warning',
  about: 'Two places in the runbook contradict each other, and nothing says which of them wins.',
  bad: [
    authority('- **Requires manager approval**: Get explicit approval'),
    '# Shop\n\n1. Monitor for 15 minutes\n\n## After\n\n- Watch logs for 30 minutes\n',
  ],
  good: [
    authority('- **Approval**: Needs the manager, in every severity'),
    '# Shop\n\n1. Monitor for 30 minutes\n\n## After\n\n- Watch logs for 30 minutes\n',
  ],
  check: ({ model, source }) => [...authorities(model, source), ...watches(source)],
};

/** "Anyone may" by severity against "the manager must" by procedure. */
function authorities({ authority: rules }: Runbook, source: string): readonly RunbookProblem[] {
  if (SETTLED.test(source)) return [];
  const bySeverity = rules.filter(({ severities, procedures }) => severities.length > 0 && procedures.length === 0);
  return rules
    .filter(({ procedures }) => procedures.length > 0)
    .flatMap((rule) => {
      const looser = bySeverity.find(({ approver }) => STRICTNESS[approver] < STRICTNESS[rule.approver]);
      return looser === undefined ? [] : [conflict(rule, looser)];
    });
}

const conflict = (rule: AuthorityRule, looser: AuthorityRule): RunbookProblem => ({
  start: rule.start,
  end: rule.end,
  message: `This asks for the ${rule.approver}, but by line ${looser.line} the approver for ${looser.severities.join(' and ')} is ${looser.approver}.`,
  fix: 'Say which one wins, for example: "Where severity and option differ, the stricter one wins."',
});

function watches(source: string): readonly RunbookProblem[] {
  const told = [...source.matchAll(WATCH)].filter(({ index }) => !quoted(source, index));
  const longest = Math.max(...told.map(([, minutes]) => Number(minutes)));
  const shorter = told.find(([, minutes]) => Number(minutes) < longest);
  if (shorter === undefined) return [];
  const start = shorter.index;
  return [
    {
      start,
      end: start + shorter[0].length,
      message: `Here the watch lasts ${count(Number(shorter[1]), 'minute')}, elsewhere ${longest}.`,
      fix: `Write ${count(longest, 'minute')}, with a checkpoint at ${shorter[1]}.`,
    },
  ];
}

/** A quotation is a note, not an instruction. */
const quoted = (source: string, at: number): boolean =>
  source.slice(source.lastIndexOf('\n', at) + 1, at).startsWith('>');
