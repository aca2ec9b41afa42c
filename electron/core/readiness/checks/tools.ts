import { KNOWN } from '#shared/truth/grammar/knowledge.ts';
import { type ChecksOf, commandsOf, failed, ok } from '../check.ts';

/** Beyond the tools with a table: what runbooks call that has to be installed. */
const OTHERS = new Set([
  'pg_dump',
  'pg_restore',
  'kubectl',
  'helm',
  'heroku',
  'jq',
  'ssh',
  'aws',
  'gcloud',
  'terraform',
]);

const HOW: Readonly<Record<string, string>> = {
  fly: 'Install flyctl: https://fly.io/docs/flyctl/install/',
  supabase: 'Install the Supabase CLI: https://supabase.com/docs/guides/local-development/cli/getting-started',
  psql: 'Install the PostgreSQL client programs (postgresql-client).',
  pg_dump: 'Install the PostgreSQL client programs (postgresql-client), not older than the server.',
  pg_restore: 'Install the PostgreSQL client programs (postgresql-client).',
};

/** Every tool the runbook calls: where it is and which version. */
export const tools: ChecksOf = ({ model, tools: locator }) =>
  [...new Set(commandsOf(model).map(({ tool }) => (tool === 'flyctl' ? 'fly' : tool)))]
    .filter((tool) => KNOWN.has(tool) || OTHERS.has(tool))
    .map((tool) => ({
      id: `tool ${tool}`,
      group: 'tools' as const,
      title: tool,
      look: async () => {
        const found = (await locator.locate(tool)) ?? (tool === 'fly' ? await locator.locate('flyctl') : null);
        return found === null
          ? failed('not found on PATH', HOW[tool] ?? `Install ${tool}, or correct PATH.`)
          : ok(`${found.path} ${found.version}`);
      },
    }));
