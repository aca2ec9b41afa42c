/**
 * While psql changes a database: records what its session waits for and who blocks it, long before the lock timeout (product
 * rule 5).
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
    // A session name that no run has, so that this query is not counted as a session at work in the database.
    const variables = connectionEnvironment(connectionNamed(context, name), `look ${run.runId}`);
    const args = readingArguments(sessionQuery(sessionName(run.runId)));
    const answer = await quietRead(context, ['psql', ...args], { timeoutMs: LOOK_LIMIT_MS, signal, variables });
    if (answer?.code !== 0) return;
    const [seen] = SESSIONS.parse(JSON.parse(answer.stdout));
    // Not connected yet, or already ended.
    if (seen === undefined) return;
    await context.eventLog.append(ROLLBOOK, ({ database: { session }, runs }) => {
      const payload = { runId: run.runId, ...seen };
      // The run may have ended meanwhile: then the session is gone.
      return runs.get(run.runId)?.endedAt !== null || isDeepStrictEqual(session, payload)
        ? []
        : [{ kind: 'session.seen', payload }];
    });
  },
};

/** The variable of the database that Rollbook connected the run to; undefined: the command itself names its database. */
function databaseOf({ runbook }: IncidentContext, { step, command }: MonitoredRun): string | undefined {
  const declared = definitionOf(step).needsDatabase === true ? runbook.settings.database?.url : undefined;
  return command.database ?? declared;
}
