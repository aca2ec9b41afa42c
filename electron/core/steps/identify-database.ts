/** Asks the server which database it is, and compares that with the runbook (rule 9). */
import type { Draft } from '#shared/incident/event.ts';
import { isTyped, mismatches, targetText, wordToType } from '#shared/platforms/postgres/target.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import { declaredConnection } from '#core/platforms/postgres/connection.ts';
import { readTarget } from '#core/platforms/postgres/readings.ts';
import type { StepEffects } from './step-effects.ts';

export const identifyDatabase: StepEffects = { read: readIdentity };

/** Records the identity. A database other than the declared one fails the step. */
async function readIdentity(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const { declared } = declaredConnection(context);
  const { target, server } = await readTarget(context, step, actor);
  const wrong = mismatches(target, server, declared);
  const drafts: Draft[] = [
    { kind: 'database.identified', payload: { stepId: step.id, target, mismatches: [...wrong] } },
  ];
  if (wrong.length > 0) {
    const reason = `Not the database the runbook means. ${wrong.join(' ')}`;
    const ended = { stepId: step.id, outcome: 'failed', reason, observed: targetText(target), dueAt: null } as const;
    drafts.push({ kind: 'step.ended', payload: ended });
  }
  await context.eventLog.append(ROLLBOOK, drafts);
}

/** Handles a person's confirmation. Code: `not-allowed`. */
export const databaseConfirmed: Act<'confirm-database'> = ({ eventLog }, { stepId, typed }) => {
  mustBeIdle(eventLog.state);
  const { identified } = eventLog.state.database;
  if (identified?.stepId !== stepId) throw refuse('The database was not identified yet.', 'Identify it first.');
  if (identified.mismatches.length > 0) {
    throw refuse(identified.mismatches.join(' '), 'Correct the connection string, then identify it again.');
  }
  if (!isTyped(identified.target, typed)) {
    const word = wordToType(identified.target);
    throw refuse(`"${typed}" is not the end of "${word}".`, 'Type at least its last four letters.');
  }
  return {
    drafts: [
      { kind: 'database.confirmed', payload: { stepId, typed } },
      {
        kind: 'step.ended',
        payload: { stepId, outcome: 'confirmed', reason: '', observed: targetText(identified.target), dueAt: null },
      },
    ],
  };
};

/** Throws until a person has confirmed the database. Code: `not-allowed`. */
export function mustBeIdentified({ eventLog }: IncidentContext): void {
  if (eventLog.state.database.confirmed) return;
  throw refuse('Nobody has confirmed yet which database this is.', 'Do the step that identifies it first.');
}
