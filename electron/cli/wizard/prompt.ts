/** Questions on a terminal, or answers from a pipe; the end of the input ends the conversation, never the incident. */
import { createInterface } from 'node:readline';
import type { Terminal } from '../terminal.ts';

export interface Prompt {
  /** The line typed, trimmed; null at the end of the input. */
  ask(question: string): Promise<string | null>;
  /** As `ask`, but returns the next line whatever it is: pasted text contains no words for Rollbook. */
  pasted(): Promise<string | null>;
  /**
   * Until the signal: calls `take` for each line that matches `means`, and `aside` for each line with a slash that a
   * person types. Other lines of a person are dropped, so that an impatient Enter cannot answer a question that was not
   * asked yet; lines of a pipe wait for their question.
   */
  listenWhile(
    signal: AbortSignal,
    means: RegExp,
    take: (line: string) => void,
    aside: (line: string) => void,
  ): Promise<void>;
  /** Reads nothing while `work` has the terminal. */
  leave(work: () => Promise<unknown>): Promise<void>;
  /** Resolves when the input is over: nothing more is ever typed. */
  readonly over: Promise<void>;
  close(): void;
}

export function prompt({ input, out, interactive }: Terminal): Prompt {
  const lines = createInterface({ input, terminal: false });
  const typed: string[] = [];
  let arrived = (): void => undefined;
  let over = false;
  const closed = new Promise<void>((resolve) => lines.once('close', resolve));
  lines.on('line', (line) => {
    typed.push(line.trim());
    arrived();
  });
  lines.on('close', () => {
    over = true;
    arrived();
  });
  const change = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      arrived = resolve;
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  const next = async (): Promise<string | null> => {
    while (typed.length === 0 && !over) await change();
    return typed.shift() ?? null;
  };
  return {
    async ask(question) {
      out(question);
      return await next();
    },
    pasted: next,
    async listenWhile(signal, means, take, aside) {
      while (!signal.aborted) {
        const [line] = typed;
        if (line !== undefined && means.test(line)) {
          typed.shift();
          take(line);
        } else if (line?.startsWith('/') === true && interactive) {
          aside(typed.shift() ?? '');
        } else if (interactive && typed.length > 0) {
          typed.shift();
          out('Under way; type "stop" to stop it.\n');
        } else await change(signal);
      }
    },
    async leave(work) {
      lines.pause();
      input.pause?.();
      try {
        await work();
      } finally {
        lines.resume();
      }
    },
    over: closed,
    close: () => lines.close(),
  };
}
