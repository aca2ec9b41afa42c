import { flyctl, installed, supabase, SUPABASE_VERSIONS } from '../tools/real-tools.mjs';
import { notRun } from './counts.mjs';

/**
 * Finds the real tools, or fetches them, and tells the tests where they are. What is missing is skipped with its reason;
 * with ROLLBOOK_TOOLS_REQUIRED=1, in a workflow that is to prove all of it, it is also a failure.
 */
export function toolsStart() {
  /** @type {Record<string, import('../tools/real-tools.mjs').Had>} */
  const had = { flyctl: flyctl() };
  for (const version of SUPABASE_VERSIONS) had[`supabase ${version}`] = supabase(version);
  for (const name of ['psql', 'pg_dump', 'pg_restore', 'curl', 'git', 'npm']) had[name] = installed(name);
  const missing = Object.entries(had).flatMap(([name, tool]) => ('why' in tool ? [{ name, reason: tool.why }] : []));
  const failed = process.env.ROLLBOOK_TOOLS_REQUIRED === '1' ? missing.length : 0;
  return { env: { ROLLBOOK_REAL_TOOLS: JSON.stringify(had) }, counts: { ...notRun(missing), failed } };
}
