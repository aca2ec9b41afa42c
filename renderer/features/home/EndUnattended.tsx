import { useState } from 'react';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { leftAs } from '#shared/drills/left-as.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { get, newIntentId } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';

/** Ends an open incident as it is, with a reason. Its report stays. */
export function EndUnattended({ incident }: { readonly incident: IncidentSummary }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={`End ${listedTitle(incident)}`}>
        End
      </Button>
      {open ? <EndDialog incident={incident} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface EndDialogProps {
  readonly incident: IncidentSummary;
  readonly onClose: () => void;
}

function EndDialog({ incident, onClose }: EndDialogProps) {
  const [why, setWhy] = useState('');
  const [sending, setSending] = useState(false);
  const blocked = why.trim() === '' || sending;
  const end = async (): Promise<void> => {
    if (blocked) return;
    setSending(true);
    const opened = await get('incident.open', { incidentId: incident.id });
    const expectedSeq = opened?.events.at(-1)?.seq;
    const intent = { kind: 'resolve', summary: why.trim() } as const;
    const act = { incidentId: incident.id, intentId: newIntentId(), intent };
    const done = expectedSeq === undefined ? null : await get('incident.act', { ...act, expectedSeq });
    setSending(false);
    // The core pushes the changed list; `get` has shown a failure.
    if (done !== null) onClose();
  };
  return (
    <Dialog title={`End "${listedTitle(incident)}" as it is`} onClose={onClose}>
      <Form className="stack" onSubmit={() => void end()}>
        <p>
          {leftAs(incident) === null ? null : 'It is open, and no Rollbook works on it. '}
          Ending it runs nothing and stops nothing: it is resolved with what is proven so far.
        </p>
        <TextField
          label="Why"
          placeholder="The drill was broken off"
          value={why}
          maxLength={500}
          onText={setWhy}
          data-first-focus=""
        />
        <div>
          <Button look="primary" type="submit" disabled={blocked}>
            Resolve it as it is
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
