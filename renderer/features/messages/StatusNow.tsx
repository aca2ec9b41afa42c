import { STATUS_NOW, statusNow } from '#shared/incident/messages.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { CopyButton, copyText } from '../../ui/CopyButton.tsx';
import { MessagesButton } from './MessagesButton.tsx';
import { PostButton } from './PostButton.tsx';

/** Copies the current status as text with one key. */
export function StatusNow() {
  const { state, runbook } = useIncident();
  const now = useIncidentNow();
  const text = statusNow(state, runbook, { now, clock: clockTime });
  const copied = (): void => void act({ kind: 'copied-message', messageId: STATUS_NOW.id, text });
  const copy = async (): Promise<void> => {
    if (await copyText(text)) copied();
  };
  useKeys('Messages', [
    {
      keys: 's',
      label: 'Copy the status now',
      run: () => void copy(),
    },
  ]);
  return (
    <span className="row">
      <CopyButton text={text} what="status now" onCopied={copied} shortcut="S" />
      <PostButton messageId={STATUS_NOW.id} text={text} />
      <MessagesButton />
    </span>
  );
}
