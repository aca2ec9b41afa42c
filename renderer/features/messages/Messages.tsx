import { useState } from 'react';
import { openBlanks } from '#shared/incident/messages.ts';
import type { IncidentState, MessageState } from '#shared/incident/state.ts';
import type { Message } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton, copyText } from '../../ui/CopyButton.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { fillMessage } from './fill-message.ts';
import { PostButton } from './PostButton.tsx';
import './messages.css';

/** Messages for a channel: filled in from the incident, to copy, and logged when sent. */
export const Messages = ({ messages }: { readonly messages: readonly Message[] }) => (
  <section className="stack" aria-label="Messages">
    {messages.map((message, index) => (
      <MessageCard key={message.id} message={message} first={index === 0} />
    ))}
  </section>
);

interface MessageCardProps {
  readonly message: Message;
  /** The first message can be copied with a key. */
  readonly first: boolean;
}

function MessageCard({ message, first }: MessageCardProps) {
  const { state } = useIncident();
  const sent = state.sent[message.id];
  const [edited, setText] = useState<string | null>(null);
  // Follows the state of the incident until a person edits it.
  const text = edited ?? fillMessage(message.text, state);
  const blanks = openBlanks(message.text, text);
  const last = state.messages[message.id];
  const [where, setWhere] = useState('');
  const copied = (): void => void act({ kind: 'copied-message', messageId: message.id, text });
  const copy = async (): Promise<void> => {
    if (await copyText(text)) copied();
  };
  useKeys(
    'Messages',
    first ? [{ keys: 'y', label: `Copy the message: ${message.title}`, run: () => void copy() }] : [],
  );
  return (
    <div className="message">
      <AreaField label={message.title} value={text} onText={setText} rows={text.split('\n').length + 1} />
      {blanks.length === 0 ? null : <p className="small">Fill in before it is sent: {blanks.join(', ')}</p>}
      <div className="row">
        <CopyButton
          text={text}
          what={`message: ${message.title}`}
          onCopied={copied}
          {...(first ? { shortcut: 'Y' } : {})}
        />
        <TextField label="Sent where" value={where} onText={setWhere} placeholder="#channel" />
        <Button
          disabled={where.trim() === '' || blanks.length > 0}
          onClick={() => void act({ kind: 'sent-message', messageId: message.id, text, where: where.trim() })}
        >
          Sent
        </Button>
        <PostButton messageId={message.id} text={text} disabled={blanks.length > 0} />
        <MessageStanding last={last} sent={sent} />
      </div>
    </div>
  );
}

interface MessageStandingProps {
  readonly last: MessageState | undefined;
  readonly sent: IncidentState['sent'][string] | undefined;
}

/** Whether the message was sent. Copying is not sending, so a message that was only copied asks where it was sent. */
function MessageStanding({ last, sent }: MessageStandingProps) {
  return (
    <span className="small" role="status">
      {sent === undefined ? null : (
        <>
          sent at {timeOfDay(sent.at)} to {sent.where}{' '}
        </>
      )}
      {last?.last === 'copied' ? (
        <Mark shape="triangle" tone="caution" word="copied: was it sent? Say where" />
      ) : last?.last === 'posting' ? (
        'being posted'
      ) : last?.last === 'failed' ? (
        <>
          <Mark shape="cross" tone="bad" word="not posted" /> {last.why}
        </>
      ) : null}
    </span>
  );
}
