import { useState } from 'react';
import { mayFixForward } from '#shared/incident/matrix-row.ts';
import { incidentProcedures } from '#shared/runbook/practice-procedures.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import './alternatives.css';

const HOUR_MS = 3_600_000;

/** Leaves the current step: skip, defer, another procedure, fix forward, or resolve the incident as it is. */
export function AnotherWay({ step }: { readonly step: Step | null }) {
  const { state, readOnly } = useIncident();
  const [open, setOpen] = useState(false);
  const over = state.resolvedAt !== null || readOnly !== null;
  useKeys(
    'This step',
    over ? [] : [{ keys: 'x', label: 'Another way: skip, defer, other procedure', run: () => setOpen(true) }],
  );
  if (over) return null;
  return (
    <>
      <Button look="quiet" shortcut="X" onClick={() => setOpen(true)}>
        Another way
      </Button>
      {open ? <AnotherWayDialog step={step} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AnotherWayDialog({ step, onClose }: { readonly step: Step | null; readonly onClose: () => void }) {
  const { state, runbook } = useIncident();
  const [reason, setReason] = useState('');
  const why = reason.trim();
  const send = (intent: Parameters<typeof act>[0]): void => {
    onClose();
    void act(intent);
  };
  const others = incidentProcedures(runbook).filter(({ id }) => id !== state.procedureId);
  const forward = mayFixForward(state.severity) && state.fixForward === null;
  return (
    <Dialog title="Another way" onClose={onClose}>
      <TextField
        label="Reason"
        hint="It stands in the timeline and in the report."
        value={reason}
        onText={setReason}
        data-first-focus=""
      />
      {why === '' ? <p className="small soft">Give a reason, then choose.</p> : null}
      <div className="ways">
        {step === null ? null : (
          <>
            <Button disabled={why === ''} onClick={() => send({ kind: 'skip-step', stepId: step.id, reason: why })}>
              Skip “{step.title}”
            </Button>
            <Button
              disabled={why === ''}
              onClick={() => send({ kind: 'defer-step', stepId: step.id, reason: why, dueInMs: HOUR_MS })}
            >
              Defer it: due in one hour
            </Button>
          </>
        )}
        {others.map(({ id, title }) => (
          <Button
            key={id}
            disabled={why === ''}
            onClick={() => send({ kind: 'choose-procedure', procedureId: id, reason: why })}
          >
            Leave to {title}
          </Button>
        ))}
        {forward ? (
          <Button disabled={why === ''} onClick={() => send({ kind: 'fix-forward', reason: why })}>
            Fix forward: roll nothing back
          </Button>
        ) : null}
        <Button disabled={why === ''} onClick={() => send({ kind: 'resolve', summary: why })}>
          Resolve the incident as it is
        </Button>
      </div>
    </Dialog>
  );
}
