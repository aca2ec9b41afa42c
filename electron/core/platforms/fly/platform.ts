import { platformOf } from '#shared/runbook/services.ts';
import type { Platform } from '../platform.ts';
import { inService } from '#shared/platforms/fly/releases.ts';
import { rolloutMonitor } from './rollout-monitor.ts';

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
