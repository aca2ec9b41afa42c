import { fillMessage as fill } from '#shared/incident/messages.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { clockTime } from '#shared/words/clock-time.ts';

/** A message of the runbook, its placeholders filled in from the incident, times in this window's time zone. */
export const fillMessage = (text: string, state: IncidentState): string =>
  fill(text, state, { now: null, clock: clockTime });
