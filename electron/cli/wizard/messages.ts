/** Texts for people in the terminal: a runbook's message, filled in the machine's own time zone. */
import { fillMessage } from '#shared/incident/messages.ts';
import type { Message } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';

export const messageText = ({ eventLog }: IncidentContext, { text }: Message): string =>
  fillMessage(text, eventLog.state, { now: null, clock: localHourMinute });

/** HH:MM. */
export function localHourMinute(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
