import { useState } from 'react';
import { activeRun, type RunState } from '#shared/incident/state.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { duration } from '../../ui/time.ts';

/** After an interrupt a command has this long to end by itself before a kill is offered (product rule 5). */
const PATIENCE_MS = 60_000;

/** One chord, one place. Interrupt first; a kill only after a minute, and confirmed on its own. */
export function StopControl() {
  const { state, events } = useIncident();
  const now = useIncidentNow();
  const [killing, setKilling] = useState<string | null>(null);
  const run = activeRun(state, 'change') ?? activeRun(state);
  const askedAt =
    events.findLast((event) => event.kind === 'run.stop-asked' && event.payload?.runId === run?.runId)?.at ?? null;
  const waited = askedAt === null ? 0 : now - askedAt;
  const mayKill = run !== null && askedAt !== null && waited >= PATIENCE_MS && run.stopAsked === 'interrupt';
  const stop = (): void => {
    if (run === null) return;
    if (askedAt === null) void act({ kind: 'stop-run', runId: run.runId, how: 'interrupt' });
    else if (mayKill) setKilling(run.runId);
  };
  useKeys('Commands', [{ keys: 'Ctrl+.', label: 'Stop the running command', inFields: true, run: stop }]);
  return (
    <div className="stop">
      {killing !== null && killing === run?.runId ? <KillQuestion run={run} onClose={() => setKilling(null)} /> : null}
      {run !== null && askedAt !== null ? (
        <p className="small" role="status">
          {run.stopAsked === 'kill' ? 'Killed. Waiting for the end.' : waitingText(waited)}
        </p>
      ) : null}
      <Button
        look="danger"
        shortcut="Ctrl+."
        aria-label={mayKill ? 'Kill the command' : 'Stop the command'}
        aria-disabled={run === null || (askedAt !== null && !mayKill)}
        onClick={stop}
      >
        {mayKill ? 'Kill' : 'Stop'}
      </Button>
    </div>
  );
}

const waitingText = (waited: number): string =>
  waited < PATIENCE_MS
    ? `Interrupt sent ${duration(waited)} ago. It has ${duration(PATIENCE_MS - waited)} to end by itself.`
    : 'It did not end by itself.';

function KillQuestion({ run, onClose }: { readonly run: RunState; readonly onClose: () => void }) {
  return (
    <div className="kill" role="alertdialog" aria-label="Kill the command" aria-describedby="kill-says">
      <p id="kill-says">
        <strong>Machines may be mixed.</strong> Killed in the middle, some machines run the old image and some the new.
        The state is read at once afterwards.
      </p>
      <div className="row">
        {/* The safe choice has the focus. */}
        <button type="button" className="button" autoFocus onClick={onClose}>
          Keep waiting
        </button>
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
