/** Ends the host when no window was connected for `ms` and no changing command runs. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;
  #ms: number;
  #busy: () => boolean;
  #onIdle: () => void;

  constructor(ms: number, busy: () => boolean, onIdle: () => void) {
    this.#ms = ms;
    this.#busy = busy;
    this.#onIdle = onIdle;
    this.#start();
  }

  /** Call it whenever the number of windows changes. */
  changed(windows: number): void {
    if (windows === 0) this.#start();
    else this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.stop();
    this.#timer = setTimeout(() => (this.#busy() ? this.#start() : this.#onIdle()), this.#ms);
  }
}
