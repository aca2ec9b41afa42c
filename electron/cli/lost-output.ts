/** What a command does when its output cannot be written: a full disk behind `>`, a closed pipe, a terminal that is gone. */
import { plainCause } from '#core/files/cause.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { invocation } from './invocation.ts';

interface Stream {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Commands that hold a conversation: without a reader they cannot go on. */
const CONVERSATIONS: ReadonlySet<string | undefined> = new Set(['run', 'quick', 'drill']);

const GONE: ReadonlySet<string | undefined> = new Set(['EIO', 'ENXIO', 'EBADF', 'ENOTCONN', 'ECONNRESET']);

/**
 * Ends the process, by `exit`, when `out` cannot be written, with a sentence on `err`. `rollbook export ID | head` closes the
 * pipe early, which is no failure. Where `err` cannot be written nobody can be told, and the command goes on.
 */
export function mindLostOutput(
  command: string | undefined,
  out: Stream,
  err: Stream & { write(text: string): unknown },
  exit: (code: ExitCode) => void,
): void {
  err.on('error', () => undefined);
  out.on('error', (error) => {
    // A server has its windows; what it prints is only its log.
    if (command === 'serve') return;
    const [code, why] = endingOf(command, error);
    if (why !== '') err.write(`rollbook: ${why}\n`);
    exit(code);
  });
}

function endingOf(command: string | undefined, error: NodeJS.ErrnoException): readonly [ExitCode, string] {
  const { code } = error;
  if (code === 'EPIPE' && !CONVERSATIONS.has(command)) return [EXIT.ok, ''];
  if (code === 'EPIPE' || GONE.has(code))
    return [
      EXIT.environment,
      `Nobody reads the output any more, so the command ended here. What was started goes on; "${invocation()} incidents" lists what is open.`,
    ];
  return [EXIT.store, `The output could not be written: ${plainCause(error)}.`];
}
