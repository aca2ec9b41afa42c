import { useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';

/** Notes an objection for the report. Opened by its key or the palette; there is no button. */
export function Objection() {
  const { state, readOnly } = useIncident();
  const [open, setOpen] = useState(false);
  const possible = state.closedAt === null && readOnly === null;
  useKeys('Incident', possible ? [{ keys: 'o', label: 'Note an objection', run: () => setOpen(true) }] : []);
  return open ? <ObjectionDialog onClose={() => setOpen(false)} /> : null;
}

function ObjectionDialog({ onClose }: { readonly onClose: () => void }) {
  const [who, setWho] = useState('');
  const [words, setWords] = useState('');
  const [answer, setAnswer] = useState('');
  const said = who.trim() !== '' && words.trim() !== '';
  const note = async (): Promise<void> => {
    if (!said) return;
    const given = { who: who.trim(), words: words.trim(), answer: answer.trim() };
    if (await act({ kind: 'raise-objection', ...given })) onClose();
  };
  return (
    <Dialog title="Note an objection" onClose={onClose}>
      <Form className="stack" onSubmit={() => void note()}>
        <TextField label="Who objects" value={who} maxLength={200} onText={setWho} data-first-focus="" />
        <TextField label="What they say" value={words} maxLength={2_000} onText={setWords} />
        <TextField
          label="Why it is decided all the same"
          hint="May be left out now, and answered in the report."
          value={answer}
          maxLength={2_000}
          onText={setAnswer}
        />
        <div className="row">
          <Button look="primary" type="submit" disabled={!said}>
            Note it
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
