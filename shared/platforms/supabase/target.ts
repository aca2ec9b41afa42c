/** Finds out which project or database a supabase command worked on. */
import type { Runbook } from '../../runbook/model.ts';

/**
 * The target supabase 3 prints on stderr (`Target: project REF`, or with its name); null when it prints none, like
 * version 2.
 */
export function printedTarget(stderr: string): string | null {
  return /^Target: (.+)$/m.exec(stderr)?.[1]?.trim() ?? null;
}

/**
 * True when the printed target is the project, or none was printed. Where 3.1.0 knows the project's name it says
 * `project NAME (REF) · production`; a name may hold brackets itself, so the last ref counts.
 */
export const isIntended = (printed: string | null, project: string): boolean =>
  printed === null || printed === `project ${project}` || NAMED.exec(printed)?.[1] === project;

const NAMED = /^project .* \(([a-z]{20})\)(?: · [a-z -]+)?$/;

/**
 * A sentence when a command worked on a target other than the runbook's project; null: it did not, or nothing shows it.
 * Version 3 prints its target on stderr (`Target: ...`), and its default is the local database, where version 2 uses the linked project.
 */
export function wrongTarget(runbook: Runbook, commandText: string, printed: string): string | null {
  const project = runbook.settings.database?.project ?? null;
  // The list of projects belongs to the account, whatever target is printed.
  const asks = /(?:^|[\s;|&(])supabase\s+(?!projects?\s)/.test(commandText);
  if (project === null || !asks) return null;
  const target = printedTarget(printed);
  if (isIntended(target, project)) return null;
  return `supabase spoke to "${target}", not to project ${project}.`;
}
