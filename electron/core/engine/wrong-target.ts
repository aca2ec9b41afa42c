import { isIntended, printedTarget } from '#shared/platforms/supabase/backups.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/**
 * What supabase spoke to, when that is not the project of the runbook; null: it was, or nothing tells. Version 3 says it
 * on stderr (`Target: ...`), and its default is the database of this machine, where version 2 took the linked project.
 */
export function wrongTarget(runbook: Runbook, commandText: string, printed: string): string | null {
  const project = runbook.settings.database?.project ?? null;
  // The list of projects belongs to the account, whatever target stands beside it.
  const asks = /(?:^|[\s;|&(])supabase\s+(?!projects?\s)/.test(commandText);
  if (project === null || !asks) return null;
  const target = printedTarget(printed);
  if (isIntended(target, project)) return null;
  return `supabase spoke to "${target}", not to project ${project}.`;
}
