/** A rollout that stopped half way. Apart from rollout.ts, so that a window can ask it without the parser of fly's output. */
import type { MachineNow } from './rollout.ts';

/** Some machines serve the target and some serve something else. */
export function isMixed(machines: readonly Pick<MachineNow, 'onTarget' | 'state'>[]): boolean {
  const serving = machines.filter(({ state }) => state === 'started');
  return serving.some(({ onTarget }) => onTarget === true) && serving.some(({ onTarget }) => onTarget === false);
}
