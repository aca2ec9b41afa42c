import { useState } from 'react';
import type { HandoverGiven } from '#shared/api/handover-calls.ts';
import { useKeys } from '../../app/keys.ts';
import { get } from '../../stores/core.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';

/** Hands the incident over to another machine as one file. Rare, so it is only in the palette (Ctrl+K). */
export function HandOver() {
  const { id, state, readOnly } = useIncident();
  const [open, setOpen] = useState(false);
  const possible = state.handedOver !== null || readOnly === null;
  useKeys('Incident', possible ? [{ keys: '', label: 'Hand over to another machine', run: () => setOpen(true) }] : []);
  return open ? <HandOverDialog id={id} onClose={() => setOpen(false)} /> : null;
}

function HandOverDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [writing, setWriting] = useState(false);
  const [given, setGiven] = useState<HandoverGiven | null>(null);
  const give = async (): Promise<void> => {
    if (writing) return;
    setWriting(true);
    const result = await get('handover.give', { incidentId: id, path: null, to: to.trim(), reason: reason.trim() });
    setWriting(false);
    if (result === null) onClose();
    else setGiven(result);
  };
  if (given !== null) return <HandedOver given={given} onClose={onClose} />;
  return (
    <Dialog title="Hand over to another machine" onClose={onClose}>
      <Form className="stack" onSubmit={() => void give()}>
        <p>
          Writes everything about this incident into one file. From then on it can only be read here; who imports the
          file goes on with it.
        </p>
        <TextField label="Who goes on with it" value={to} maxLength={200} onText={setTo} data-first-focus="" />
        <TextField label="Why" placeholder="End of the shift" value={reason} maxLength={500} onText={setReason} />
        <div className="row">
          <Button look="primary" type="submit" disabled={writing}>
            {writing ? 'Writing the file' : 'Hand over'}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function HandedOver({ given, onClose }: { readonly given: HandoverGiven; readonly onClose: () => void }) {
  const { path, sha256, leftBehind } = given;
  return (
    <Dialog title="Handed over" onClose={onClose}>
      <p>
        Bring this file to the other machine. There: <strong>Home, Take over an incident</strong>, or{' '}
        <code>rollbook handover import FILE</code>.
      </p>
      <p className="command">
        <code>{path}</code>
        <CopyButton text={path} what="path" />
      </p>
      <p className="small soft hash">sha256 {sha256}</p>
      {leftBehind.length === 0 ? null : (
        <ul className="small">
          {leftBehind.map((each) => (
            <li key={each.path}>
              Not in it: <code>{each.path}</code> ({each.why})
            </li>
          ))}
        </ul>
      )}
      <p>Only the team may have it: it holds the timeline and all outputs. To take it back, import it here.</p>
    </Dialog>
  );
}
