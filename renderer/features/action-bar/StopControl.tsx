import { useState } from 'react';
import { activeRun, type RunState } from '#shared/incident/state.ts';
import { type StopStanding, stopStanding, stopNext } from '#shared/incident/running-command.ts';
import { useKeys } from '../../app/keys.ts';
import { act, useIncidentStore } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { duration } from '../../ui/time.ts';
import './stop-control.css';
import { create } from 'zustand';

/** Stops the running command: first an interrupt; after a minute a kill, which needs its own confirmation. */
export function StopControl() {
  const { state } = useIncident();
  const now = useIncidentNow();
  const [killing, setKilling] = useState<string | null>(null);
  const run = activeRun(state, 'change') ?? activeRun(state);
  // On a full disk a stop is carried out although it is not on the timeline yet.
  const kept = useIncidentStore((store) =>
    store.kept.findLast(({ stop }) => stop !== null && stop.runId === run?.runId),
  );
  const keptStop = kept?.stop == null ? null : { how: kept.stop.how, at: kept.at };
  const standing = run === null ? null : stopStanding({ stopAsked: run.stopAsked ?? keptStop }, now);
  const mayKill = standing?.kind === 'may-kill';
  const waits = useStopAtStart((store) => store.waits);
  const stop = (): void => {
    if (mayKill) setKilling(run?.runId ?? null);
    // A second press interrupts at once: on a full disk the start of the run never reaches the timeline.
    else if (run !== null && standing?.kind === 'may-interrupt' && (run.startedAt !== null || waits))
      void act({ kind: 'stop-run', runId: run.runId, how: 'interrupt' });
    else if (standing === null || standing.kind === 'may-interrupt') stopAtStart();
  };
  useKeys('Commands', [
    { keys: 'Ctrl+.', label: 'Stop the running command', inFields: true, careful: true, run: stop },
  ]);
  return (
    <div className="stop">
      {killing !== null && killing === run?.runId ? <KillQuestion run={run} onClose={() => setKilling(null)} /> : null}
      {waits ? (
        <p className="small" role="status">
          Stop asked. The command is interrupted as soon as it runs.
        </p>
      ) : null}
      {standing === null || standing.kind === 'may-interrupt' ? null : (
        <p className="small" role="status">
          {stopText(standing)}
        </p>
      )}
      <Button
        look="danger"
        shortcut="Ctrl+."
        aria-label={mayKill ? 'Kill the command' : 'Stop the command'}
        aria-disabled={standing === null || standing.kind === 'waiting' || standing.kind === 'killed'}
        onClick={stop}
      >
        {mayKill ? 'Kill' : 'Stop'}
      </Button>
    </div>
  );
}

function stopText(standing: Exclude<StopStanding, { kind: 'may-interrupt' }>): string {
  if (standing.kind === 'killed') return 'Killed. Waiting for the end.';
  if (standing.kind === 'may-kill') return 'It did not end by itself.';
  return `Interrupt sent ${duration(standing.sinceMs)} ago. It has ${duration(standing.leftMs)} to end by itself.`;
}

function KillQuestion({ run, onClose }: { readonly run: RunState; readonly onClose: () => void }) {
  return (
    <div className="kill" role="alertdialog" aria-label="Kill the command" aria-describedby="kill-says">
      <p id="kill-says">
        <strong>Machines may be mixed.</strong> Killed in the middle, some machines run the old image and some the new.
        The state is read at once afterwards.
      </p>
      <div className="row">
        {/* The safe choice has the initial focus. */}
        <Button autoFocus onClick={onClose}>
          Keep waiting
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            void act({ kind: 'stop-run', runId: run.runId, how: 'kill' });
          }}
        >
          Kill it now
        </Button>
      </div>
    </div>
  );
}

/**
 * A stop that is asked for while no command runs: between the press and the start of the process, or between the readings
 * before it. It is sent as soon as the next command starts.
 */
const useStopAtStart = create<{ readonly waits: boolean }>(() => ({ waits: false }));

function stopAtStart(): void {
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
