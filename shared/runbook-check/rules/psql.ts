import { has } from '../options.ts';
import { psqlValue } from '../psql.ts';
import { afterTool, eachCall, edited, type Rule } from '../rule.ts';

export const psqlWithoutOnErrorStop: Rule = {
  name: 'psql-without-on-error-stop',
  severity: 'error',
  about: 'psql continues after an error in a file and exits with 0 unless ON_ERROR_STOP is set.',
  bad: [
    'psql "$DATABASE_URL" -f fix.sql',
    'psql "$DATABASE_URL" --single-transaction --file=fix.sql',
    'psql "$DATABASE_URL" -Xf fix.sql',
    'psql "$DATABASE_URL" < fix.sql',
    'cat fix.sql | psql "$DATABASE_URL"',
  ],
  good: [
    'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 --single-transaction -f fix.sql',
    'psql "$DATABASE_URL" -c "select 1"',
    'psql "$DATABASE_URL" --set=ON_ERROR_STOP=on -f fix.sql',
  ],
  check: eachCall((call) => {
    if (call.tool !== 'psql' || call.args.some(({ value }) => /ON_ERROR_STOP=(?!0|off|false)/i.test(value)))
      return null;
    const reads = (call.redirectsInput || call.piped) && psqlValue(call, 'c') === null;
    if (psqlValue(call, 'f') === null && !reads) return null;
    const edits = afterTool(call, '-v ON_ERROR_STOP=1');
    const whole = has(call, ['-1', '--single-transaction']) ? '' : `   # ${WHOLE}`;
    return {
      at: call,
      message: 'psql continues after an error in the file and still exits with 0.',
      edits,
      fix: `${edited(call, edits)}${whole}`,
      source: 'psql manual, ON_ERROR_STOP',
    };
  }),
};

/** Only advice: it would break a file that has its own COMMIT. */
const WHOLE = 'with --single-transaction too, unless the file has a COMMIT of its own';

export const psqlWithoutX: Rule = {
  name: 'psql-without-x',
  severity: 'note',
  about: 'Without -X, psql reads the ~/.psqlrc of whoever runs it: its output may differ between machines.',
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
      edits: afterTool(call, '-X'),
      fix: call.text.replace(/\bpsql\b/, 'psql -X'),
      source: 'psql manual, --no-psqlrc',
    };
  }),
};
