import { platformOf } from '#shared/runbook/services.ts';
import type { Platform, Monitor } from '../platform.ts';
import { inService } from '#shared/platforms/fly/releases.ts';
import { serviceOfRun } from '#shared/incident/services.ts';
import { rollsOut } from '#shared/platforms/fly/deploy-progress.ts';
import { parseImage } from '#shared/platforms/fly/image.ts';
import { machinesNow } from '#shared/platforms/fly/rollout.ts';
import { type FlyStatus, parseStatus } from '#shared/platforms/fly/status.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { quietRead } from '#core/engine/quiet-read.ts';
import { declaredTarget, serviceTarget, type Target } from '#core/engine/values.ts';

const LOOK_LIMIT_MS = 10_000;

/** Records which machine has which image while fly changes an app (product rules 5 and 7). */
export const rolloutMonitor: Monitor = {
  firstMs: 10_000,
  everyMs: 10_000,
  async look(context, { runId, command }, signal) {
    if (!rollsOut(command.text)) return;
    const { state } = context.eventLog;
    const service = serviceOfRun(state, runId);
    const target = service === null ? declaredTarget(state) : serviceTarget(state, service);
    const args = ['fly', 'status', '-a', target.service, '--json'] as const;
    const answer = await quietRead(context, args, { timeoutMs: LOOK_LIMIT_MS, signal });
    if (answer?.code === 0) await noteRollout(context, target, parseStatus(answer.stdout));
  },
};

/** Records the machines, unless they are as last recorded; after a fast stop even then, for they may run again. */
export async function noteRollout(
  context: IncidentContext,
  { service, choice }: Target,
  status: FlyStatus,
): Promise<void> {
  const machines = [...machinesNow(status, choice === null ? null : parseImage(choice.image))];
  await context.eventLog.append(ROLLBOOK, ({ after, runs, stoppedMachines }) => {
    const last = after.rollouts[service];
    const stoppedSince = stoppedMachines?.open === true ? stoppedMachines.since : 0;
    if (last !== undefined && last.at > stoppedSince && JSON.stringify(last.machines) === JSON.stringify(machines))
      return [];
    const runId = runs.findLast(({ effect }) => effect === 'change')?.runId ?? '';
    return [{ kind: 'rollout.seen', payload: { runId, service, machines } }];
  });
}

/** Fly: rollouts are monitored, and logs, releases and status are captured as evidence. */
export const fly: Platform = {
  tools: ['fly', 'flyctl'],
  monitor: rolloutMonitor,
  // The logs may wait forever when there is nothing to print (flyctl logs/polling.go): the capture's time limit ends them.
  evidence: (runbook, service) =>
    platformOf(runbook, service) !== 'fly'
      ? []
      : [
          { title: `Logs of ${service} at declare`, argv: ['fly', 'logs', '-a', service, '--no-tail', '--json'] },
          { title: `Releases of ${service} at declare`, argv: ['fly', 'releases', '-a', service, '--json'], inService },
          { title: `Status of ${service} at declare`, argv: ['fly', 'status', '-a', service, '--json'] },
        ],
};
