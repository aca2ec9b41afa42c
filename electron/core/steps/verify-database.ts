/** The post-condition of a database rollback, read from the server. It is also checked after a stop. */
import type { PayloadOf } from '#shared/incident/event.ts';
import { type DatabaseFinding, judgeDatabase } from '#shared/platforms/postgres/proof.ts';
import { cancelArguments } from '#shared/platforms/postgres/queries.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { sessionName } from '#core/engine/values.ts';
import { runClient } from '#core/platforms/postgres/client.ts';
import { readCatalogue, readCounts, readHistory, readSessions } from '#core/platforms/postgres/readings.ts';
import type { StepEffects } from './step-effects.ts';

/** How long a cancelled session may take to end, ms, incident clock. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

export const verifyDatabase: StepEffects = { look: proveDatabase };

/** Compares history, tables and rows with the chosen migration. Codes: those of takeReading. */
export async function proveDatabase(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>> {
  const { choice, before } = context.eventLog.state.database;
  const proven = (met: boolean, findings: readonly DatabaseFinding[]): PayloadOf<'proof.evaluated'> => ({
    stepId: step.id,
    met,
    before: [],
    after: [],
    findings: [...findings],
  });
  if (choice === null) {
    const detail = 'No migration was chosen, so there is nothing to compare with.';
    return proven(false, [{ rule: 'history-row-gone', met: false, detail }]);
  }
  const left = await sessionsLeft(context, step);
  const history = await readHistory(context, step, ROLLBOOK);
  const catalogue = await readCatalogue(context, step, ROLLBOOK);
  const tables = Object.keys(before ?? {}).filter((table) => catalogue.includes(table));
  const counts = before === null ? null : await readCounts(context, step, ROLLBOOK, tables);
  const { met, findings } = judgeDatabase(
    { history, catalogue, counts, left },
    { version: choice.version, facts: choice.sql, before },
  );
  return { ...proven(met, findings), ...(counts === null ? {} : { counts }) };
}

/** Counts the sessions of ended runs that still work on the server, after cancelling them there (rule 5). */
async function sessionsLeft(context: IncidentContext, step: Step): Promise<number> {
  const { clock } = context.adapter;
  const runs = [...context.eventLog.state.runs.values()].filter(({ effect, byHand }) => effect === 'change' && !byHand);
  const names = new Set(runs.filter(({ endedAt }) => endedAt !== null).map(({ runId }) => sessionName(runId)));
  const look = async () =>
    (await readSessions(context, step, ROLLBOOK)).filter(({ application }) => names.has(application));
  let left = await look();
  for (const { application } of left) {
    await runClient(context, step, { name: 'cancel', tool: 'psql', args: cancelArguments(application) }, ROLLBOOK);
  }
  const until = clock.now() + PATIENCE_MS;
  while (left.length > 0 && clock.now() < until && !context.letGo.aborted) {
    await clock.sleep(LOOK_EVERY_MS, context.letGo);
    left = await look();
  }
  return left.length;
}
