/** The words an event is found by: its entry in the timeline, and what the entry leaves out for brevity. */
import type { Runbook } from '#shared/runbook/model.ts';
import type { IncidentEvent } from './event.ts';
import type { IncidentState } from './state.ts';
import { timeline } from './timeline.ts';

export interface EventText {
  readonly seq: number;
  readonly text: string;
}

/** One for each event, in order. `state` is the one reduced from the same events; the texts are as redacted as they are. */
export function searchTexts(
  events: readonly IncidentEvent[],
  runbook: Runbook,
  state: IncidentState,
): readonly EventText[] {
  const entries = timeline(events, runbook, state);
  return events.map((event, index) => ({
    seq: event.seq,
    text: [entries[index]?.text ?? '', ...besides(event)].filter((part) => part.trim() !== '').join(' · '),
  }));
}

function besides(event: IncidentEvent): readonly string[] {
  if (event.payload === null) return [];
  switch (event.kind) {
    case 'incident.declared':
      return [event.payload.title, event.payload.symptom];
    case 'message.sent':
    case 'report.edited':
      return [event.payload.text];
    default:
      return [];
  }
}
