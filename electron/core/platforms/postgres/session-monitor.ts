/**
 * Beside a change made by psql: what its session on the server waits for, and who holds it, long before the lock's time is
 * over (product rule 5).
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { connectionEnvironment } from '#shared/platforms/postgres/connection.ts';
import { readingArguments, sessionQuery } from '#shared/platforms/postgres/queries.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { quietRead } from '#core/engine/quiet-read.ts';
import { sessionName } from '#core/engine/values.ts';
import type { Monitor, MonitoredRun } from '../platform.ts';
import { connectionNamed } from './connection.ts';

const LOOK_LIMIT_MS = 10_000;

const SESSIONS = z.array(
  z.object({
    state: z.string(),
    waits: z.string(),
    blockers: z.array(z.object({ pid: z.number(), application: z.string(), state: z.string() })),
  }),
);

export const sessionMonitor: Monitor = {
  firstMs: 500,
  everyMs: 2_000,
  async look(context, run, signal) {
    const name = databaseOf(context, run);
    if (name === undefined) return;
    // Another name than a run has: the look must not count as a session at work in this database.
    const variables = connectionEnvironment(connectionNamed(context, name), `look ${run.runId}`);
    const args = readingArguments(sessionQuery(sessionName(run.runId)));
    const answer = await quietRead(context, ['psql', ...args], { timeoutMs: LOOK_LIMIT_MS, signal, variables });
    if (answer?.code !== 0) return;
    const [seen] = SESSIONS.parse(JSON.parse(answer.stdout));
    // Not connected yet, or over: its end says more.
    if (seen === undefined) return;
    await context.eventLog.append(ROLLBOOK, ({ database: { session }, runs }) => {
      const payload = { runId: run.runId, ...seen };
      // It may have ended while the answer was under way: then nothing works there any more.
      return runs.get(run.runId)?.endedAt !== null || isDeepStrictEqual(session, payload)
        ? []
        : [{ kind: 'session.seen', payload }];
    });
  },
};

/** The variable of the database that Rollbook connected the run to; undefined: the run connects by its own words. */
function databaseOf({ runbook }: IncidentContext, { step, command }: MonitoredRun): string | undefined {
  const declared = definitionOf(step).needsDatabase === true ? runbook.settings.database?.url : undefined;
  return command.database ?? declared;
}
