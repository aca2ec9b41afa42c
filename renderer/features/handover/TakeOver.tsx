import { useState } from 'react';
import type { Failure } from '#shared/api/result.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { ask } from '../../stores/core.ts';
import { loadRunbooks } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { pathProblem } from '../runbooks/absolute-path.ts';
import { Form } from '../../ui/Form.tsx';

/** Imports an incident that another machine handed over. */
export function TakeOver() {
  const [open, setOpen] = useState(false);
  useKeys('Home', [{ keys: '', label: 'Take over an incident from a file', run: () => setOpen(true) }]);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Take over an incident</Button>
      {open ? <TakeOverDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function TakeOverDialog({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [reading, setReading] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'advice' | 'details'> | null>(null);
  const take = async (): Promise<void> => {
    const path = typed.trim();
    const problem = pathProblem(path);
    if (problem !== null || reading) {
      setFailure(problem);
      return;
    }
    setReading(true);
    const answer = await ask('handover.take', { path, trust: false, reason: reason.trim() });
    setReading(false);
    if (answer.ok) go({ screen: 'incident', id: answer.value.incidentId });
    else setFailure(answer.error);
  };
  const review = failure?.details?.['hash'];
  return (
    <Dialog title="Take over an incident" onClose={onClose}>
      <Form className="stack" onSubmit={() => void take()}>
        <p>Reads the file that the other machine wrote, checks every event of it, and goes on here.</p>
        <TextField
          label="Absolute path of the handover file"
          placeholder="/home/ann/Downloads/01K9E.rollbook"
          spellCheck={false}
          value={typed}
          aria-invalid={failure !== null}
          onText={setTyped}
          data-first-focus=""
        />
        <TextField label="Why" placeholder="My shift" value={reason} maxLength={500} onText={setReason} />
        {failure === null ? null : (
          <div className="notice notice--bad" role="alert">
            <p className="strong">{failure.message}</p>
            <p>{failure.advice}</p>
            {typeof review === 'string' ? (
              <Button onClick={() => void loadRunbooks().then(() => go({ screen: 'runbook', hash: review }))}>
                Review the runbook
              </Button>
            ) : null}
          </div>
        )}
        <div className="row">
          <Button look="primary" type="submit" disabled={typed.trim() === '' || reading}>
            {reading ? 'Checking it' : 'Take over'}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
