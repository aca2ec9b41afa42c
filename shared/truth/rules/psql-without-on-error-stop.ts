import { psqlValue } from '../psql.ts';
import { behindTool, eachCall, type Rule } from '../rule.ts';

export const psqlWithoutOnErrorStop: Rule = {
  name: 'psql-without-on-error-stop',
  severity: 'error',
  about: 'psql goes on after an error in a file and ends with 0 unless ON_ERROR_STOP is set.',
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
    return {
      at: call,
      message: 'psql goes on after an error in the file and still ends with 0.',
      edits: behindTool(call, '-v ON_ERROR_STOP=1'),
      fix: call.text.replace(
        /\bpsql\s+("[^"]*"|'[^']*'|\$\{?\w+\}?)?\s*/,
        (_, target: string | undefined) => `psql ${quoted(target)}-X -v ON_ERROR_STOP=1 --single-transaction `,
      ),
      source: 'psql manual, ON_ERROR_STOP',
    };
  }),
};

const quoted = (target: string | undefined): string =>
  target === undefined ? '' : `${target.startsWith('$') ? `"${target}"` : target} `;
