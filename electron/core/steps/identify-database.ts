/** First of all: which database is it? Read from the server, compared with what the runbook declares (rule 9). */
import { mismatches, targetText } from '#shared/platforms/postgres/target.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Step } from '#shared/runbook/model.ts';
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { readTarget } from '../platforms/postgres/readings.ts';
import { connectionOf } from '../platforms/postgres/session.ts';

/** A database that is not the declared one ends the step as failed: there is nothing a person could confirm. */
export async function identifyDatabase(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const { declared } = connectionOf(context);
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
