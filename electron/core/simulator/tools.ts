import { curl } from './curl.ts';
import { fly } from './fly.ts';
import { git } from './git.ts';
import { npm } from './npm.ts';
import { pgDump, pgRestore } from './pg-dump.ts';
import { psql } from './psql.ts';
import { supabase } from './supabase.ts';
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
