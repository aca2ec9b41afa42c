/** The runbook's messages in the terminal: filled in from the incident, and what a person fills in with /message. */
import { fillMessage, openBlanks } from '#shared/incident/messages.ts';
import type { Message } from '#shared/runbook/model.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';

/** What a person filled in, by message id and placeholder; forgotten when the terminal is closed. */
const filledIn = new WeakMap<IncidentContext, ReadonlyMap<string, ReadonlyMap<string, string>>>();

const filledOf = (context: IncidentContext, { id }: Message): ReadonlyMap<string, string> =>
  filledIn.get(context)?.get(id) ?? new Map();

export function messageText(context: IncidentContext, message: Message): string {
  const filled = fillMessage(message.text, context.eventLog.state, { now: null, clock: clockTime });
  return [...filledOf(context, message)].reduce((text, [blank, value]) => text.replaceAll(blank, () => value), filled);
}

/** Fills the open placeholders in their order. */
export function fillIn(context: IncidentContext, message: Message, values: readonly string[]): void {
  const blanks = openBlanks(message.text, messageText(context, message));
  const more = blanks.flatMap((blank, index) => {
    const value = values[index]?.trim() ?? '';
    return value === '' ? [] : [[blank, value] as const];
  });
  const known = filledIn.get(context) ?? new Map();
  filledIn.set(context, new Map([...known, [message.id, new Map([...filledOf(context, message), ...more])]]));
}

/** "Fill in [Timeframe], [Action plan]: /message 1 fill VALUE; VALUE"; '' when nothing is open. */
export function blanksText(context: IncidentContext, message: Message, number: number): string {
  const blanks = openBlanks(message.text, messageText(context, message));
  return blanks.length === 0
    ? ''
    : `Fill in ${blanks.join(', ')}: /message ${number} fill ${blanks.map(() => 'VALUE').join('; ')}`;
}
