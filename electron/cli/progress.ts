/** Shows what runs and the clock: as one line that is written again in place on a terminal, else as a line each minute. */
import type { Timers } from '#core/ports.ts';
import { readable } from '#shared/words/visible.ts';

type Write = (text: string) => void;

/** Keeps showing a text that changes until the returned function is called; '' shows nothing. */
export type Progress = (text: () => string) => () => void;

export const NO_PROGRESS: Progress = () => () => undefined;

const EVERY_MS = 1_000;
const LINE_EVERY_MS = 60_000;
/** Columns left free behind the line, for what the person types meanwhile. */
const FREE = 12;

/** For output that is no terminal: each line stays. */
export const plainProgress =
  (timers: Timers, write: Write): Progress =>
  (text) =>
    timers.every(LINE_EVERY_MS, () => {
      const line = text();
      if (line !== '') write(`${line}\n`);
    });

interface Screen {
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

/**
 * For a terminal. All that is printed goes through `around`, which takes the line away first; the next second brings it back.
 * `clean`: redacts the line.
 */
export function lineInPlace(
  screen: Screen,
  timers: Timers,
  clean: (text: string) => string = String,
): { readonly progress: Progress; readonly around: (write: Write) => Write } {
  let shown = '';
  const clear = (): void => {
    if (shown !== '') screen.write('\r\u001B[K');
    shown = '';
  };
  const show = (given: string): void => {
    if (given === '') return clear();
    const text = readable(clean(given), 'leave-out').replace(/\s+/g, ' ');
    const { columns = 0 } = screen;
    // Some terminals do not tell their width, or say 0.
    const width = Math.max(20, (columns > 0 ? columns : 80) - FREE);
    const line = text.slice(0, width).padEnd(width);
    // In place, with the cursor put back behind what was typed.
    if (line.length === shown.length) screen.write(`\u001B7\r${line}\u001B8`);
    else {
      clear();
      screen.write(line);
    }
    shown = line;
  };
  return {
    progress: (text) => {
      const stop = timers.every(EVERY_MS, () => show(text()));
      return () => {
        stop();
        clear();
      };
    },
    around: (write) => (text) => {
      clear();
      write(text);
    },
  };
}
