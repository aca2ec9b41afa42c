import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import './missing-tools.css';
import { createContext, useContext } from 'react';
import type { LocatedTool } from '#shared/api/calls.ts';
import { procedureOf, type IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { platformOf } from '#shared/runbook/services.ts';

/** Warns about tools that are not installed, before a command needs them. */
export function MissingTools() {
  const { state } = useIncident();
  const { found, lookAgain } = useLiveTools();
  const missing = (found ?? []).filter(({ path }) => path === null).map(({ tool }) => tool);
  if (missing.length === 0 || state.resolvedAt !== null) return null;
  const names = missing.join(' and ');
  return (
    <div className="notice notice--bad missing-tools" role="alert" aria-label="Missing tools">
      <p className="strong">
        {names} {missing.length === 1 ? 'is' : 'are'} not on the PATH that commands get: what needs{' '}
        {missing.length === 1 ? 'it' : 'them'} cannot run here.
      </p>
      <p>
        {missing.includes('fly') ? 'Install flyctl (https://fly.io/docs/flyctl/install), ' : `Install ${names}, `}
        or copy each command, run it where the tool is, and record it with “I ran it”. Its result is checked all the
        same.
      </p>
      <Button onClick={lookAgain}>Look again</Button>
    </div>
  );
}

/** The tools that a live incident needs and their paths, shared by the top strip and the warning. */
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
