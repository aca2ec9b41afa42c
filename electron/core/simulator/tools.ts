/**
 * The simulated tools of a drill, by program name. Each platform's are in `electron/core/platforms/<platform>/simulator/`. They read
 * and change the simulated cloud (`simulated-cloud.ts`), which plays a scenario (`scenario.ts`).
 */
import { fly } from '#core/platforms/fly/simulator/fly.ts';
import { curl } from '#core/platforms/generic/simulator/curl.ts';
import { git } from '#core/platforms/generic/simulator/git.ts';
import { npm } from '#core/platforms/generic/simulator/npm.ts';
import { pgDump, pgRestore } from '#core/platforms/postgres/simulator/pg-dump.ts';
import { psql } from '#core/platforms/postgres/simulator/psql.ts';
import { supabase } from '#core/platforms/supabase/simulator/supabase.ts';
import type { Tool } from './tool-call.ts';

/** Any other program counts as not installed. */
export const TOOLS: Readonly<Record<string, Tool>> = {
  fly,
  curl,
  npm,
  git,
  psql,
  pg_dump: pgDump,
  pg_restore: pgRestore,
  supabase,
};
