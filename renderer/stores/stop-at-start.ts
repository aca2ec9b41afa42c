/**
 * A stop that is asked for while no command runs: between the press and the start of the process, or between the
 * readings before it. It is sent as soon as the next command starts.
 */
import { create } from 'zustand';
import { stopNext } from '#shared/incident/running-command.ts';
import { act, useIncidentStore } from './incident.ts';

export const useStopAtStart = create<{ readonly waits: boolean }>(() => ({ waits: false }));

export function stopAtStart(): void {
  if (useStopAtStart.getState().waits) return;
  useStopAtStart.setState({ waits: true });
  const look = (): void => {
    const { state, sending } = useIncidentStore.getState();
    const next = state === null ? 'over' : stopNext(state, sending !== null);
    if (next === 'wait') return;
    unsubscribe();
    useStopAtStart.setState({ waits: false });
    if (next !== 'over') void act({ kind: 'stop-run', runId: next.runId, how: 'interrupt' });
  };
  const unsubscribe = useIncidentStore.subscribe(look);
  look();
}
