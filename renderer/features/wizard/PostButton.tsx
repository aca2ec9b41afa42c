import { useEffect, useState } from 'react';
import { ask } from '../../stores/core.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';

/** Posts a text in the channel that is set for this kind of incident; not there when none is. */
export function PostButton({ messageId, text }: { readonly messageId: string; readonly text: string }) {
  const { state } = useIncident();
  const [channels, setChannels] = useState({ live: false, drill: false });
  useEffect(() => {
    void ask('notify.channels', {}).then((answer) => {
      if (answer.ok) setChannels(answer.value);
    });
  }, []);
  if (!channels[state.declared.kind]) return null;
  return (
    <Button onClick={() => void act({ kind: 'post-message', messageId, text })}>
      {state.declared.kind === 'drill' ? 'Post in the drill channel' : 'Post in Slack'}
    </Button>
  );
}
