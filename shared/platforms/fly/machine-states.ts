/**
 * What the states of Fly machines mean. Apart from the parsers, so that windows do not load those. Fly has passing states
 * (`starting`, `stopping`, `replacing`, `updating`, ...) and adds new ones, so only the states at rest are listed.
 */

/** States in which a machine does not serve requests; any other counts as running. */
const AT_REST: ReadonlySet<string> = new Set(['created', 'stopped', 'suspended', 'failed', 'destroying', 'destroyed']);

export const isRunning = ({ state }: { readonly state: string }): boolean => !AT_REST.has(state);

/**
 * True when a rollout stopped half way: some machines have the target image and some have another one. A machine in a
 * passing state, such as `replacing`, counts by the image it has.
 */
export function isMixed(machines: readonly { readonly state: string; readonly onTarget: boolean | null }[]): boolean {
  const serving = machines.filter(isRunning);
  return serving.some(({ onTarget }) => onTarget === true) && serving.some(({ onTarget }) => onTarget === false);
}

/** A machine as a reading shows it; `cordoned`: Fly's proxy sends it no requests. */
export interface SeenMachine {
  readonly id: string;
  readonly group: string;
  readonly state: string;
  readonly cordoned?: boolean | undefined;
}

/**
 * True when machines that were stopped run again, whoever started them: none of them is still at rest, each of their groups
 * has a started machine, and none is cordoned, for users do not reach a cordoned machine.
 */
export function runAgain(
  stopped: { readonly running: readonly string[]; readonly groups: readonly string[] },
  seen: readonly SeenMachine[],
): boolean {
  const up = seen.filter(({ state, cordoned }) => state === 'started' && cordoned !== true);
  const own = seen.filter(({ id, state }) => stopped.running.includes(id) && !state.startsWith('destroy'));
  return (
    up.length > 0 &&
    own.every((machine) => up.includes(machine)) &&
    stopped.groups.every((group) => up.some((machine) => machine.group === group))
  );
}
