import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Store } from '#core/store/store.ts';

/** Refuses while a command runs. A watch continues on the other machine; a command cannot. Code: `not-allowed`. */
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

/**
 * A bundle whose timeline does not verify would be refused at every import, so none is written: this copy would become
 * read-only, and no other one could continue. `given`: it was handed over before. Code: `not-allowed`.
 */
export function mustVerify(store: Pick<Store, 'verify'>, incidentId: string, given: boolean): void {
  const { problem } = store.verify(incidentId);
  if (problem === undefined) return;
  const stays = `It stays here: end it with \`rollbook resolve ${incidentId}\`, and give its report (\`rollbook export ${incidentId}\`) to whoever goes on elsewhere.`;
  throw new RollbookError(
    'not-allowed',
    `Incident ${incidentId} cannot be handed over: its timeline does not verify at event ${problem.seq}, and its bundle would be refused elsewhere. ${problem.what}`,
    `Nothing was changed or written. ${given ? 'Use the bundle that was written when it was handed over.' : stays} All that is wrong with it: rollbook verify ${incidentId}.`,
    { seq: problem.seq },
  );
}
