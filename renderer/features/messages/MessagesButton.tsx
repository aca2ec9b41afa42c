import { useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Messages } from './Messages.tsx';

/** Opens all messages of the runbook, including those of checklists. */
export function MessagesButton() {
  const { runbook, state } = useIncident();
  const [open, setOpen] = useState(false);
  const messages = runbook.messages.toSorted((a, b) => a.start - b.start);
  const over = state.closedAt !== null || messages.length === 0;
  useKeys('Messages', over ? [] : [{ keys: 'm', label: 'Messages for people', run: () => setOpen(true) }]);
  if (over) return null;
  const sent = messages.filter(({ id }) => state.sent[id] !== undefined).length;
  return (
    <>
      <Button look="quiet" shortcut="M" onClick={() => setOpen(true)}>
        Messages
      </Button>
      {open ? (
        <Dialog title="Messages" onClose={() => setOpen(false)}>
          <p className="soft">
            {sent} of {messages.length} are logged as sent.
          </p>
          <Messages messages={messages} />
        </Dialog>
      ) : null}
    </>
  );
}
