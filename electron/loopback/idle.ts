/** Ends the host when no window has been there for a while and no changing command runs. */

export interface Idle {
  /** To be told whenever the number of windows changes. */
  changed(windows: number): void;
  stop(): void;
}

export function watchIdle(ms: number, busy: () => boolean, onIdle: () => void): Idle {
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => (busy() ? arm() : onIdle()), ms);
  };
  arm();
  return {
    changed: (windows) => (windows === 0 ? arm() : clearTimeout(timer)),
    stop: () => clearTimeout(timer),
  };
}
