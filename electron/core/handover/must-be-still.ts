import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { RollbookError } from '#shared/contract/result.ts';

/** Code: `not-allowed`. A watch goes on at the other end; a command cannot. */
export function mustBeStill(state: IncidentState): void {
  const run = activeRun(state);
  if (run !== null) {
    const what = `A command is running: ${run.shown}`;
    throw new RollbookError('not-allowed', what, 'Wait for its end or stop it, then hand the incident over.');
  }
  if (state.asked !== null)
    throw new RollbookError(
      'not-allowed',
      'Something that was asked for is under way.',
      'Wait for its end, then hand over.',
    );
}
