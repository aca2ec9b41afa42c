import type { IncidentState, MessageState } from '#shared/incident/state.ts';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';

interface MessageStandingProps {
  readonly last: MessageState | undefined;
  readonly sent: IncidentState['sent'][string] | undefined;
}

/** Copied is not sent: what is only copied asks whether it went out. */
export function MessageStanding({ last, sent }: MessageStandingProps) {
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
