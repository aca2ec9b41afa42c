/** A runbook's message, filled in this window's time zone. */
import { fillMessage as fill } from '#shared/incident/messages.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { hourMinute } from '../../ui/time.ts';

export const fillMessage = (text: string, state: IncidentState): string =>
  fill(text, state, { now: null, clock: hourMinute });
