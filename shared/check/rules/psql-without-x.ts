import { behindTool, eachCall, type Rule } from '../rule.ts';

export const psqlWithoutX: Rule = {
  name: 'psql-without-x',
  severity: 'note',
  about: 'Without -X, psql reads the ~/.psqlrc of whoever runs it: its output may look different on each machine.',
  bad: ['psql "$DATABASE_URL" -c "select 1"'],
  good: ['psql "$DATABASE_URL" -X -c "select 1"', 'psql "$DATABASE_URL" -AtXc "select 1"', 'psql --version'],
  check: eachCall((call) => {
    if (
      call.tool !== 'psql' ||
      call.args.some(({ value }) => /^-[aAbeElLnqsStwW01]*X|^--(?:no-psqlrc|version|help)$|^-V$|^-\?$/.test(value))
    )
      return null;
    return {
      at: call,
      message: 'Without -X, psql reads the ~/.psqlrc of whoever runs it.',
      edits: behindTool(call, '-X'),
      fix: call.text.replace(/\bpsql\b/, 'psql -X'),
      source: 'psql manual, --no-psqlrc',
    };
  }),
};
