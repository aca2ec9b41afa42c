import { useState } from 'react';
import type { Message } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { fillMessage } from './message-fill.ts';
import { MessageStanding } from './MessageStanding.tsx';
import { PostButton } from './PostButton.tsx';

/** Texts for a channel: filled from the incident, copied, and logged when they were sent. */
export const Messages = ({ messages }: { readonly messages: readonly Message[] }) => (
  <section className="stack" aria-label="Messages">
    {messages.map((message) => (
      <MessageCard key={message.id} message={message} />
    ))}
  </section>
);

function MessageCard({ message }: { readonly message: Message }) {
  const { state } = useIncident();
  const sent = state.sent[message.id];
  const [edited, setText] = useState<string | null>(null);
  // Until somebody writes in it, it follows what happens.
  const text = edited ?? fillMessage(message.text, state);
  const last = state.messages[message.id];
  const [where, setWhere] = useState('');
  return (
    <div className="message">
      <AreaField label={message.title} value={text} onText={setText} rows={text.split('\n').length + 1} />
      <div className="row">
        <CopyButton
          text={text}
          what={`message: ${message.title}`}
          onCopied={() => void act({ kind: 'copied-message', messageId: message.id, text })}
        />
        <TextField label="Sent where" value={where} onText={setWhere} placeholder="#channel" />
        <Button
          disabled={where.trim() === ''}
          onClick={() => void act({ kind: 'sent-message', messageId: message.id, text, where: where.trim() })}
        >
          Sent
        </Button>
        <PostButton messageId={message.id} text={text} />
        <MessageStanding last={last} sent={sent} />
      </div>
    </div>
  );
}
