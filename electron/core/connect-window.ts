/** One window's line to the core: every call is checked against the contract and answered with a Result. */
import { CALLS, type CallName } from '#shared/contract/calls.ts';
import type { Push } from '#shared/contract/pushes.ts';
import { fail, ok, type Result, toFailure } from '#shared/contract/result.ts';
import type { Connection, HostAbilities } from './connection.ts';
import { type Caller, HANDLERS, type Handler, type Services } from './handlers/table.ts';
import { Subscriptions } from './subscriptions.ts';

export function connectWindow(
  services: Services,
  send: (push: Push) => void,
  abilities: HostAbilities = {},
): Connection {
  const caller: Caller = { send, subscriptions: new Subscriptions(), abilities };
  const unlisten = services.desk.onListed((summary) => send({ name: 'incident.listed', payload: { summary } }));
  return {
    call: (name, args) => answer(services, caller, name, args),
    close: () => {
      unlisten();
      caller.subscriptions.close();
    },
  };
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
      message: `${name}: ${where}: ${issue?.message ?? 'not as the contract says'}.`,
    });
  }
  try {
    const handler = HANDLERS[name as CallName] as Handler<CallName>;
    return ok(await handler(services, parsed.data as never, caller));
  } catch (thrown) {
    return fail(toFailure(thrown));
  }
}
