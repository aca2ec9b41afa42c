/**
 * Rules 5 and 7 of a changing command of fly: beside it, every ten seconds, a read-only look at the machines. It is
 * stopped after ten seconds, never delays the command, and is written down only when it differs from the last one.
 */
import { parseImage } from '#shared/platforms/fly/image.ts';
import { machinesNow } from '#shared/platforms/fly/rollout.ts';
import { type FlyStatus, parseStatus } from '#shared/platforms/fly/status.ts';
import { quietRead } from '../../engine/quiet-read.ts';
import { ROLLBOOK, type IncidentContext } from '../../engine/incident-context.ts';
import { declaredTarget, type Target } from '../../engine/values.ts';
import { whileLooking } from '../../engine/while-looking.ts';

const LOOK_EVERY_MS = 10_000;
const LOOK_LIMIT_MS = 10_000;

/** Answers what `work` answers, as soon as it does. */
export async function withRolloutMonitor<T>(
  context: IncidentContext,
  work: () => Promise<T>,
  target: Target = declaredTarget(context.eventLog.state),
): Promise<T> {
  const look = async (signal: AbortSignal): Promise<void> => {
    const args = ['fly', 'status', '-a', target.service, '--json'] as const;
    const answer = await quietRead(context, args, { timeoutMs: LOOK_LIMIT_MS, signal });
    if (answer?.code === 0) await noteRollout(context, target, parseStatus(answer.stdout));
  };
  return await whileLooking(context, LOOK_EVERY_MS, look, work);
}

/** Nothing is written where nothing is different. */
export async function noteRollout(
  context: IncidentContext,
  { service, choice }: Target,
  status: FlyStatus,
): Promise<void> {
  const machines = [...machinesNow(status, choice === null ? null : parseImage(choice.image))];
  await context.eventLog.append(ROLLBOOK, ({ after, runs }) => {
    const last = after.rollouts[service];
    if (last !== undefined && JSON.stringify(last.machines) === JSON.stringify(machines)) return [];
    const runId = runs.findLast(({ effect }) => effect === 'change')?.runId ?? '';
    return [{ kind: 'rollout.seen', payload: { runId, service, machines } }];
  });
}
