import { allCommands, callsTool } from '../runbook/commands.ts';
import type { Runbook } from '../runbook/model.ts';
import { usesFly } from '../runbook/services.ts';
import type { ProviderId } from './status-page.ts';

/** The providers that a runbook uses: only their status pages say something about its incidents. */
export const providersOf = (runbook: Runbook): readonly ProviderId[] => [
  ...(usesFly(runbook) ? (['fly'] as const) : []),
  ...(usesSupabase(runbook) ? (['supabase'] as const) : []),
];

const usesSupabase = (runbook: Runbook): boolean =>
  runbook.settings.database?.project != null || allCommands(runbook).some(({ text }) => callsTool(text, 'supabase'));
