/** Writes to a stream of this process: the one way by which anything reaches a person's terminal. */
import { readable } from '#shared/words/visible.ts';

interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

/** Colours of tools' output only where a terminal shows them. `clean`: what every text goes through first. */
export const writerTo =
  (stream: Stream, clean: (text: string) => string): ((text: string) => void) =>
  (text) =>
    void stream.write(readable(clean(text), stream.isTTY === true ? 'keep' : 'leave-out'));
