import { fly } from '#core/platforms/fly/simulator/fly.ts';
import { curl } from '#core/platforms/generic/simulator/curl.ts';
import { git } from '#core/platforms/generic/simulator/git.ts';
import { npm } from '#core/platforms/generic/simulator/npm.ts';
import { pgDump, pgRestore } from '#core/platforms/postgres/simulator/pg-dump.ts';
import { psql } from '#core/platforms/postgres/simulator/psql.ts';
import { supabase } from '#core/platforms/supabase/simulator/supabase.ts';
import type { Tool } from './tool-call.ts';

/** The tools a drill can play; any other counts as not installed. */
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
