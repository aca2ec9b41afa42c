import { type ChecksOf, failed, type Found, ok, warning } from '../check.ts';

/** Where each secret the runbook needs comes from, and whether a database address can be used. Values are never told. */
export const secrets: ChecksOf = ({ model, environment }) =>
  Object.entries(model.settings.variables)
    .filter(([, variable]) => variable.from === 'environment')
    .map(([name]) => ({
      id: `secret ${name}`,
      group: 'secrets' as const,
      title: name,
      look: () => Promise.resolve(secretOf(name, environment[name])),
    }));

function secretOf(name: string, value: string | undefined): Found {
  if (value === undefined || value === '')
    return failed('not set in the environment commands get', `Set ${name} where your login shell sets its variables.`);
  return /(?:^|_)(?:DATABASE|DB|POSTGRES)\w*_UR[LI]$|^DATABASE_URL$/.test(name)
    ? databaseOf(name, value)
    : ok('set in the environment');
}

function databaseOf(name: string, value: string): Found {
  const url = URL.canParse(value) ? new URL(value) : null;
  const fix = `Give ${name} as postgresql://user:password@host:5432/database.`;
  if (url === null) return failed('set, but it is not an address', fix);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    return failed(`set, but it begins with ${url.protocol}`, fix);
  if (url.hostname === '' || url.pathname.length < 2) return failed('set, but it names no host or no database', fix);
  const target = `${url.hostname}:${url.port || '5432'}${url.pathname}`;
  // Supabase's transaction pooler: a rollback in one transaction cannot go through it.
  return url.port === '6543'
    ? warning(`${target} is the pooler`, 'Use the direct connection (port 5432) for a rollback of the database.')
    : ok(target);
}
