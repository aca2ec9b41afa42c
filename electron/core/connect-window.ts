/** The connection of one window to the core: each call is checked against the API and answered with a Result. */
import { CALLS, type CallName } from '#shared/api/calls.ts';
import type { Push } from '#shared/api/pushes.ts';
import { fail, ok, type Result, toFailure } from '#shared/api/result.ts';
import type { Connection, HostAbilities } from './connection.ts';
import type { Door } from './redaction-door.ts';
import type { Caller, Handler, Services, Rows } from './handlers/handler.ts';
import { Subscriptions } from './subscriptions.ts';
import { APP } from './handlers/app.ts';
import { INCIDENTS, RUNS, DRILLS, REPORTS } from './handlers/incidents.ts';
import { RUNBOOKS } from './handlers/runbooks.ts';

export function connectWindow(
  services: Services,
  send: (push: Push) => void,
  abilities: HostAbilities = {},
): Connection {
  const { door } = services;
  const push = (message: Push): void => send(CLEAN_PUSHES.has(message.name) ? message : door.value(message));
  const caller: Caller = { send: push, subscriptions: new Subscriptions(), abilities };
  const unlisten = services.incidents.onListed((summary) => push({ name: 'incident.listed', payload: { summary } }));
  return {
    call: async (name, args) => cleanAnswer(door, name, await answer(services, caller, name, args)),
    close: () => {
      unlisten();
      caller.subscriptions.close();
    },
  };
}

/** The handlers of all calls. A call without a handler does not compile. */
const HANDLERS: Rows<CallName> = {
  ...APP,
  ...INCIDENTS,
  ...DRILLS,
  ...RUNBOOKS,
  ...RUNS,
  ...REPORTS,
};

/** Redacted when it was stored: what a command prints is shown as it is read from there. */
const CLEAN_PUSHES: ReadonlySet<Push['name']> = new Set(['run.output']);

/**
 * Answers, or parts of them, that must stay exact or were redacted already. All other answers are redacted here, also
 * those of calls that are added later.
 */
const EXACT: Partial<Record<CallName, 'all' | readonly string[]>> = {
  // A runbook's own text: what is reviewed and trusted is what is shown.
  'runbook.open': 'all',
  'runbook.search': 'all',
  'runbook.adoption': 'all',
  'runbook-check.fix': 'all',
  'incident.open': ['runbook'],
  // The link is there to be used, once.
  'app.new-link': 'all',
  // Redacted when they were stored, or written.
  'run.lines': 'all',
  'report.preview': ['markdown', 'sha256'],
};

function cleanAnswer(door: Door, name: string, result: Result<unknown>): Result<unknown> {
  const exact = result.ok && Object.hasOwn(EXACT, name) ? EXACT[name as CallName] : undefined;
  if (exact === 'all') return result;
  if (!result.ok || exact === undefined) return door.value(result);
  const given = result.value as Readonly<Record<string, unknown>>;
  const kept = Object.fromEntries(exact.map((part) => [part, given[part]]));
  return ok({
    ...door.value(Object.fromEntries(Object.entries(given).filter(([part]) => !exact.includes(part)))),
    ...kept,
  });
}

async function answer(services: Services, caller: Caller, name: string, args: unknown): Promise<Result<unknown>> {
  if (!Object.hasOwn(CALLS, name)) {
    const advice = 'The window and the core are of different versions: restart Rollbook.';
    return fail({ code: 'unknown-call', message: `There is no call "${name.slice(0, 100)}".`, advice });
  }
  const parsed = CALLS[name as CallName].args.safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') || 'arguments';
    return fail({
      code: 'bad-arguments',
      message: `${name}: ${where}: ${issue?.message ?? 'not as the schema says'}.`,
    });
  }
  try {
    const handler = HANDLERS[name as CallName] as Handler<CallName>;
    return ok(await handler(services, parsed.data as never, caller));
  } catch (thrown) {
    return fail(toFailure(thrown));
  }
}
