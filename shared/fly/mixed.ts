/** Apart from rollout.ts, which reads what fly prints: windows need only this. */
/** Some machines serve the target and some serve something else. */
export function isMixed(machines: readonly { readonly onTarget: boolean | null; readonly state: string }[]): boolean {
  const serving = machines.filter(({ state }) => state === 'started');
  return serving.some(({ onTarget }) => onTarget === true) && serving.some(({ onTarget }) => onTarget === false);
}
