/** Keeps the machine from sleeping while a command runs or a watch is kept; the display may go dark. */

export interface Blocker {
  start(): number;
  stop(id: number): void;
}

/** Looks at `running` at each call of the returned function; call it about every second. */
export function keepAwake(running: () => number, blocker: Blocker): () => void {
  let held: number | null = null;
  return () => {
    const needed = running() > 0;
    if (needed && held === null) held = blocker.start();
    else if (!needed && held !== null) {
      blocker.stop(held);
      held = null;
    }
  };
}
