/** How the tools that runbooks call are installed. */

const POSTGRES = 'Install the PostgreSQL client programs (postgresql-client)';
const HOW: Readonly<Record<string, string>> = {
  fly: 'Install flyctl: https://fly.io/docs/flyctl/install/',
  supabase: 'Install the Supabase CLI: https://supabase.com/docs/guides/local-development/cli/getting-started',
  psql: `${POSTGRES}.`,
  pg_dump: `${POSTGRES}, not older than the server.`,
  pg_restore: `${POSTGRES}.`,
};

export const installAdvice = (tool: string): string => HOW[tool] ?? `Install ${tool}, or correct PATH.`;
