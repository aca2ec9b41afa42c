/** A kill comes a minute after an interrupt that did not help, whoever asks and whatever the store takes. */
import type { RunState } from '#shared/incident/state.ts';
import { stopStanding } from '#shared/incident/running-command.ts';
import { refuse } from '../engine/incident-context.ts';

/** `now`: of the incident's clock. Code: `not-allowed`. */
export function mayStop(stopAsked: RunState['stopAsked'], how: 'interrupt' | 'kill', now: number): void {
  if (how === 'kill' && stopStanding({ stopAsked }, now).kind !== 'may-kill')
    throw refuse('It may not be killed yet.', 'Interrupt it first, and give it 60 seconds to end by itself.');
}
