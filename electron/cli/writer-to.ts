/** Writes to a stream of this process; colours of tools' output only where a terminal shows them. */
import { stripVTControlCharacters } from 'node:util';

interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

export const writerTo =
  (stream: Stream): ((text: string) => void) =>
  (text) =>
    void stream.write(stream.isTTY === true ? text : stripVTControlCharacters(text));
