/** Questions on a terminal, or answers from a pipe; the end of the input ends the conversation, never the incident. */
import { createInterface, type Interface } from 'node:readline';
import type { Terminal } from '../terminal.ts';

export interface Prompt {
  /** The line typed, trimmed; null at the end of the input. */
  ask(question: string): Promise<string | null>;
  /** A line that arrives without being asked for (to stop a running command); null at the end of the input. */
  next(signal: AbortSignal): Promise<string | null>;
  close(): void;
}

export function prompt(terminal: Terminal): Prompt {
  const lines: Interface = createInterface({ input: terminal.input, terminal: false });
  const typed: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let over = false;
  lines.on('line', (line) => {
    if (waiting === null) typed.push(line.trim());
    else waiting(line.trim());
  });
  lines.on('close', () => {
    over = true;
    waiting?.(null);
  });
  const next = (signal?: AbortSignal): Promise<string | null> => {
    const ready = typed.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    if (over || signal?.aborted === true) return Promise.resolve(null);
    return new Promise((resolve) => {
      waiting = (line) => {
        waiting = null;
        resolve(line);
      };
      signal?.addEventListener('abort', () => waiting?.(null), { once: true });
    });
  };
  return {
    ask(question) {
      terminal.out(question);
      return next();
    },
    next,
    close: () => lines.close(),
  };
}
