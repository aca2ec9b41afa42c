/** An expired login: opens the tool's own login in a terminal, then asks `whoami` until somebody is logged in (rule 12). */
import type { Draft } from '#shared/incident/event.ts';
import { LOGINS } from '#shared/platforms/logins.ts';
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { printedBy } from '#core/runner/run-to-end.ts';

const LOOK_EVERY_MS = 3_000;
const LOOK_LIMIT_MS = 10_000;
/** More than any answer to whoami, bytes. */
const ANSWER_MAX = 64 * 1024;
/** fly waits that long for a person (flyctl webauth.go). */
const PATIENCE_MS = 15 * 60_000;

/** Returns when somebody is logged in, when nobody waits for it any more, or when this process gives the incident up. */
export async function renewLogin(context: IncidentContext, tool: string, here: boolean): Promise<void> {
  const known = LOGINS[tool];
  const found = await context.adapter.tools.locate(tool);
  if (known === undefined || found === null)
    return await end(context, tool, null, `${tool} is not on the PATH of this machine`);
  const terminal = here
    ? 'this terminal'
    : await context.adapter.openLogin([found.path, ...known.login], context.environment);
  const command = [tool, ...known.login].join(' ');
  await context.eventLog.append(ROLLBOOK, [{ kind: 'login.opened', payload: { tool, command, terminal } }]);
  const until = context.adapter.clock.now() + PATIENCE_MS;
  while (isWaitedFor(context, tool)) {
    const who = await ask(context, [found.path, ...known.ask]);
    if (!isWaitedFor(context, tool)) return;
    if (who !== null) return await end(context, tool, known.who(who), '');
    if (context.adapter.clock.now() >= until)
      return await end(context, tool, null, 'nobody logged in within 15 minutes');
    await context.adapter.clock.sleep(LOOK_EVERY_MS, context.letGo);
  }
}

const isWaitedFor = ({ eventLog, letGo }: IncidentContext, tool: string): boolean =>
  !letGo.aborted && eventLog.state.branches.login?.tool === tool && eventLog.state.branches.login.opened !== null;

async function end({ eventLog }: IncidentContext, tool: string, who: string | null, reason: string): Promise<void> {
  const ended: Draft = { kind: 'login.ended', payload: { tool, who, reason } };
  await eventLog.append(ROLLBOOK, (state) => (state.branches.login === null ? [] : [ended]));
}

/** The output of `whoami`, or null while nobody is logged in. It only reads and is asked often, so it leaves no run behind. */
async function ask(
  { adapter, folders, newId, environment }: IncidentContext,
  argv: readonly [string, ...string[]],
): Promise<string | null> {
  const runId = newId();
  const cwd = await folders.make(runId);
  const request = { runId, argv, cwd, env: environment, effect: 'read', timeoutMs: LOOK_LIMIT_MS } as const;
  const process = await adapter.spawner.spawn(request).catch(() => null);
  if (process === null) {
    await folders.remove(runId);
    return null;
  }
  void process.exited.then(() => folders.remove(runId));
  const { exit, stdout } = await printedBy(process, ANSWER_MAX);
  return exit.kind === 'code' && exit.code === 0 ? stdout : null;
}
