/**
 * The commands of the fast stop, for running by hand. Machines are not destroyed, so that their disks can be examined later.
 * They are cordoned first, or Fly's proxy would start a stopped machine again at the next request (fly.io/docs:
 * "fly machine cordon", "fly machine list --quiet", "fly machine stop", autostart).
 */
import { shellQuote } from '../../runbook/shell-quote.ts';

export interface FastStop {
  readonly stop: readonly string[];
  /** Starts the machines again. */
  readonly undo: readonly string[];
}

export function fastStop(service: string): FastStop {
  const app = shellQuote([service]);
  const each = (verb: string): string => `fly machine list -a ${app} --quiet | xargs fly machine ${verb} -a ${app}`;
  return { stop: [each('cordon'), each('stop')], undo: [each('start'), each('uncordon')] };
}
