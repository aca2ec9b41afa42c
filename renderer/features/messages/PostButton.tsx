import { useEffect, useState } from 'react';
import { ask } from '../../stores/core.ts';
import { act, useIncidentStore } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';

interface PostButtonProps {
  readonly messageId: string;
  readonly text: string;
  readonly disabled?: boolean;
}

/** Posts a text to the channel set for this kind of incident. Hidden when none is set. */
export function PostButton({ messageId, text, disabled = false }: PostButtonProps) {
  const { state } = useIncident();
  const incidentId = useIncidentStore(({ view }) => view?.summary.id ?? '');
  const [channels, setChannels] = useState({ live: false, drill: false });
  useEffect(() => {
    const look = async (): Promise<void> => {
      const answer = await ask('notify.channels', { incidentId });
      if (answer.ok) setChannels(answer.value);
    };
    void look();
  }, [incidentId]);
  if (!channels[state.declared.kind]) return null;
  return (
    <Button disabled={disabled} onClick={() => void act({ kind: 'post-message', messageId, text })}>
      {state.declared.kind === 'drill' ? 'Post in the drill channel' : 'Post in Slack'}
    </Button>
  );
}
