/**
 * The fast stop, by hand: no machine serves anybody, and none is destroyed, so that disks and memory of what happened
 * stay. Cordoned first, or Fly's proxy would start a stopped machine again at the next request (fly.io/docs:
 * "fly machine cordon", "fly machine list --quiet", "fly machine stop", autostart).
 */
import { shellQuote } from '../../runbook/shell-quote.ts';

export interface FastStop {
  readonly stop: readonly string[];
  /** The way back. */
  readonly undo: readonly string[];
}

export function fastStop(service: string): FastStop {
  const app = shellQuote([service]);
  const each = (verb: string): string => `fly machine list -a ${app} --quiet | xargs fly machine ${verb} -a ${app}`;
  return { stop: [each('cordon'), each('stop')], undo: [each('start'), each('uncordon')] };
}
