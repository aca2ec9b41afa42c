/** The store's core and the spare one behind one connection: each call goes to the core that has its incident or run. */
import type { AppInfo, CallName, RunbookSummary } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import type { Push } from '#shared/api/pushes.ts';
import { type ErrorCode, fail, type Failure, ok, type Result } from '#shared/api/result.ts';
import { newestFirst } from '#shared/drills/held-at.ts';
import type { Connection, HostAbilities } from '#core/connection.ts';
import type { OpenCore } from '#core/core.ts';
import type { Cores } from './spare-core.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';

/** Calls that the spare store answers: none that needs what is not in it, and none whose result would be lost with its folder. */
const ANSWERED_APART: ReadonlySet<string> = new Set<CallName>([
  'app.info',
  'app.new-link',
  'incident.list',
  'incident.search',
  'incident.declare',
  'incident.open',
  'incident.follow',
  'incident.unfollow',
  'incident.act',
  'run.lines',
  'run.attach',
  'run.detach',
  'run.ack',
  'report.preview',
  'report.paste',
  'report.export',
  'runbook.list',
  'runbook.import',
  'runbook.open',
  'runbook.trust',
  'runbook.search',
  'runbook.print',
  'runbook-check.run',
  'tools.locate',
  'notify.channels',
  'drill.scenarios',
  'settings.read',
  'providers.read',
]);

/** Calls that the spare store can carry out when the store cannot be written. */
const DONE_APART: ReadonlySet<string> = new Set<CallName>([
  'incident.declare',
  'quick.start',
  'runbook.import',
  'runbook.trust',
]);

/** A drill has its place in the store alone. */
const isDoneApart = (name: string, args: unknown): boolean =>
  DONE_APART.has(name) && ((args ?? {}) as { readonly drill?: unknown }).drill == null;

/** The store's own answers after which the spare one is asked. */
const ELSEWHERE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not-found', 'untrusted']);

/** `services` are those of the store as far as there are any. */
export function joinedCore(cores: Cores): OpenCore {
  const { main, spare, problem } = cores;
  const first = main ?? spare.core;
  if (first === null) throw new Error('Neither the store nor a spare one is open.');
  return {
    services: first.services,
    connect: (send, abilities) =>
      main === null ? ofSpare(first, problem, send, abilities) : ofBoth(main, cores, send, abilities),
    running: () => [main, spare.core].flatMap((core) => core?.running() ?? []),
    close: cores.close,
  };
}

type Send = (push: Push) => void;

/** The store cannot even be read. */
function ofSpare(core: OpenCore, problem: Failure | null, send: Send, abilities?: HostAbilities): Connection {
  const connection = core.connect(send, abilities);
  if (problem === null) return connection;
  return {
    ...connection,
    call: async (name, args) => {
      if (!ANSWERED_APART.has(name)) return fail(problem);
      const answer = await connection.call(name, args);
      return name === 'app.info' ? withEmergency(answer, core, problem, false) : answer;
    },
  };
}

function ofBoth(main: OpenCore, { spare }: Cores, send: Send, abilities?: HostAbilities): Connection {
  const line = main.connect(send, abilities);
  let apart: Connection | null = null;
  const join = (core: OpenCore): Connection => (apart ??= core.connect(send, abilities));
  if (spare.core !== null) join(spare.core);
  // Every window is told of its events.
  const unfollow = spare.follow(join);

  const call = async (name: string, args: unknown): Promise<Result<unknown>> => {
    if (apart !== null && spare.core !== null && isOf(spare.core, args)) {
      if (spare.problem !== null && !ANSWERED_APART.has(name)) return fail(spare.problem);
      return await apart.call(name, args);
    }
    const answer = await line.call(name, args);
    if (!answer.ok && isDoneApart(name, args) && isStoreTrouble(answer.error)) {
      const core = await spare.open(answer.error);
      return core === null ? answer : await join(core).call(name, args);
    }
    if (apart === null || spare.core === null) return answer;
    if (answer.ok) return await withSpare(name, answer, { core: spare.core, apart, args, why: spare.problem });
    if (!ELSEWHERE.has(answer.error.code)) return answer;
    const other = await apart.call(name, args);
    return other.ok ? other : answer;
  };
  return {
    call,
    close: () => {
      unfollow();
      line.close();
      apart?.close();
    },
  };
}

/** True when the incident or the run that these arguments name is in it. */
function isOf({ services: { store } }: OpenCore, args: unknown): boolean {
  const { incidentId, runId } = (args ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof incidentId === 'string') return store.incident(incidentId) !== null;
  return typeof runId === 'string' && store.runsTold([runId]).has(runId);
}

interface Apart {
  readonly core: OpenCore;
  readonly apart: Connection;
  readonly args: unknown;
  readonly why: Failure | null;
}

/** Adds the spare store's part to an answer of the store. */
async function withSpare(
  name: string,
  answer: Extract<Result<unknown>, { ok: true }>,
  { core, apart, args, why }: Apart,
): Promise<Result<unknown>> {
  if (name === 'app.info') return withEmergency(answer, core, why, true);
  if (name !== 'incident.list' && name !== 'runbook.list') return answer;
  const other = await apart.call(name, args);
  if (!other.ok) return answer;
  if (name === 'incident.list') {
    const lists = [answer.value, other.value] as readonly (readonly IncidentSummary[])[];
    return ok(lists.flat().toSorted(newestFirst));
  }
  const known = answer.value as readonly RunbookSummary[];
  const more = (other.value as readonly RunbookSummary[]).filter(({ hash }) => !known.some((one) => one.hash === hash));
  return ok([...known, ...more]);
}

function withEmergency(
  answer: Result<unknown>,
  { services: { store } }: OpenCore,
  problem: Failure | null,
  readable: boolean,
): Result<unknown> {
  if (!answer.ok || problem === null) return answer;
  const apart = store.list().map(({ id }) => id);
  const emergency: AppInfo['emergency'] = { problem, folder: store.folder, readable, apart };
  return ok({ ...(answer.value as AppInfo), emergency });
}
