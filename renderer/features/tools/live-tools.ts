/** The tools that a live incident needs and their paths, shared by the top strip and the warning. */
import { createContext, useContext } from 'react';
import type { LocatedTool } from '#shared/api/calls.ts';
import { procedureOf, type IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { platformOf } from '#shared/runbook/services.ts';

export interface LiveTools {
  /** null while the lookup runs. */
  readonly found: readonly LocatedTool[] | null;
  readonly lookAgain: () => void;
}

export const LiveToolsContext = createContext<LiveTools>({ found: null, lookAgain: () => undefined });
export const useLiveTools = (): LiveTools => useContext(LiveToolsContext);

/** On Fly `fly` first, then the tools of the chosen procedure's commands. None when the tools are simulated. */
export function toolsNeeded(state: IncidentState, runbook: Runbook): readonly string[] {
  if (state.declared.adapter !== 'real') return [];
  const commands = procedureOf(state, runbook)?.steps.flatMap((step) => step.commands) ?? [];
  const named = commands.filter(({ form }) => form === 'words').map(({ tool }) => tool);
  const first = platformOf(runbook, state.declared.service) === 'fly' ? ['fly'] : [];
  return [...new Set([...first, ...named])].filter((tool) => /^\w[\w.+-]*$/.test(tool)).slice(0, 20);
}
