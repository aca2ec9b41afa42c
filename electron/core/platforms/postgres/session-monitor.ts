/**
 * Rule 5 for psql: beside a changing run, soon and then every two seconds, a read-only look at its session on the server.
 * It tells what the run waits for and who holds it, long before the lock's time is over; it is written down when it differs.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { connectionEnvironment } from '#shared/platforms/postgres/connection.ts';
import { readingArguments } from '#shared/platforms/postgres/queries.ts';
import { sessionQuery } from '#shared/platforms/postgres/session-look.ts';
import { quietRead } from '#core/engine/quiet-read.ts';
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { whileLooking } from '#core/engine/while-looking.ts';
import { sessionName } from './named-connection.ts';
import { clientEnvironment, connectionOf } from './session.ts';

const LOOK_FIRST_MS = 500;
const LOOK_EVERY_MS = 2_000;
const LOOK_LIMIT_MS = 10_000;

const SESSIONS = z.array(
  z.object({
    state: z.string(),
    waits: z.string(),
    blockers: z.array(z.object({ pid: z.number(), application: z.string(), state: z.string() })),
  }),
);

/** `work` gets what its run has in its environment; `known`: a run that goes on already. Answers what `work` answers. */
export async function withSessionMonitor<T>(
  context: IncidentContext,
  work: (environment: (runId: string) => Readonly<Record<string, string>>) => Promise<T>,
  known: string | null = null,
): Promise<T> {
  let running = known;
  const environment = (runId: string): Readonly<Record<string, string>> => {
    running = runId;
    return clientEnvironment(context)(runId);
  };
  const look = async (signal: AbortSignal): Promise<void> => {
    if (running !== null) await lookAtSession(context, running, signal);
  };
  return await whileLooking(context, LOOK_EVERY_MS, look, () => work(environment), LOOK_FIRST_MS);
}

async function lookAtSession(context: IncidentContext, runId: string, signal: AbortSignal): Promise<void> {
  const { connection } = connectionOf(context);
  // Not one of those that a rollback counts as being at work in this database.
  const variables = connectionEnvironment(connection, `look ${runId}`);
  const args = readingArguments(sessionQuery(sessionName(runId)));
  const answer = await quietRead(context, ['psql', ...args], { timeoutMs: LOOK_LIMIT_MS, signal, variables });
  if (answer?.code !== 0) return;
  const [seen] = SESSIONS.parse(JSON.parse(answer.stdout));
  // Not connected yet, or over: its end says more.
  if (seen === undefined) return;
  await context.eventLog.append(ROLLBOOK, ({ database: { session }, runs }) => {
    const payload = { runId, ...seen };
    // It may have ended while the answer was under way: then nothing works there any more.
    return runs.get(runId)?.endedAt !== null || isDeepStrictEqual(session, payload)
      ? []
      : [{ kind: 'session.seen', payload }];
  });
}
