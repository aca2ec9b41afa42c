/** Decides what to do when the window's process dies. The core is not affected; a new page replays what it missed. */

const WITHIN_MS = 60_000;
const MOST = 3;

/**
 * Answers a function to call at each crash: `reload` brings the person back to the same step, `ask` when the page dies
 * again and again, so that a broken page does not turn in circles. Times in ms since the epoch.
 */
export function crashPolicy(): (reason: string, now: number) => 'nothing' | 'reload' | 'ask' {
  let crashes: number[] = [];
  return (reason, now) => {
    if (reason === 'clean-exit') return 'nothing';
    crashes = [...crashes.filter((at) => now - at < WITHIN_MS && at <= now), now];
    if (crashes.length <= MOST) return 'reload';
    crashes = [];
    return 'ask';
  };
}
