import { curl } from '../platforms/generic/simulator/curl.ts';
import { fly } from '../platforms/fly/simulator/fly.ts';
import { git } from '../platforms/generic/simulator/git.ts';
import { npm } from '../platforms/generic/simulator/npm.ts';
import { pgDump, pgRestore } from '../platforms/postgres/simulator/pg-dump.ts';
import { psql } from '../platforms/postgres/simulator/psql.ts';
import { supabase } from '../platforms/supabase/simulator/supabase.ts';
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
