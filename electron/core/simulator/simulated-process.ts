import type { Clock, Exit, RunningProcess, SpawnRequest, Stream } from '#core/ports.ts';
import { Interrupted, Killed, type ToolCall } from './tool-call.ts';

/** A call of what needs no simulated cloud. */
export type ProcessCall = Omit<ToolCall, 'cloud'>;

const encoder = new TextEncoder();
/** A time limit is waited for in this many parts. */
const SLICES = 15;

/**
 * Runs a simulated tool in this process as if it were a child process. Simulated pids are negative, so that no real
 * process is signalled.
 */
export function simulatedProcess(
  tool: (call: ProcessCall) => Promise<Exit>,
  request: SpawnRequest,
  { clock, pid }: { readonly clock: Clock; readonly pid: number },
): RunningProcess {
  const halting = new AbortController();
  const killing = new AbortController();
  const chunks = chunkList();
  const call = {
    args: request.argv.slice(1),
    env: request.env,
    cwd: request.cwd,
    clock,
    halt: halting.signal,
    killed: killing.signal,
    write: (stream: Stream, text: string): void => {
      if (text !== '' && !killing.signal.aborted && !(halting.signal.reason instanceof Killed))
        chunks.add(stream, encoder.encode(text));
    },
  };
  let timedOut = false;
  const done = new AbortController();
  const finish = async (): Promise<Exit> => {
    const exit = await ended(tool(call));
    done.abort();
    return timedOut ? { kind: 'timeout', afterMs: request.timeoutMs ?? 0 } : exit;
  };
  const exited = finish();
  const limit = async (ms: number): Promise<void> => {
    // Sleeps in slices: when this machine is briefly busy, a tool in a fast drill loses one slice and not its whole time
    // limit.
    for (let slice = 0; slice < SLICES; slice += 1) {
      await clock.sleep(ms / SLICES, done.signal);
      if (done.signal.aborted) return;
    }
    timedOut = true;
    halting.abort(new Interrupted('out of time'));
  };
  // A clock never stops a change.
  if (request.effect === 'read' && request.timeoutMs !== undefined) void limit(request.timeoutMs);
  return {
    pid,
    pgid: pid,
    startTime: `simulated ${clock.now()}`,
    onChunk: chunks.listen,
    exited,
    // It runs in this process, so no other process can attend it, and one that hangs would prevent the exit.
    leave: () => {
      halting.abort(new Killed('left'));
      killing.abort(new Killed('left'));
    },
    interrupt: () => halting.abort(new Interrupted('interrupted')),
    kill: async () => {
      // An AbortSignal keeps its first reason, so a kill after an interrupt waits for the tool's short cleanup.
      halting.abort(new Killed('killed'));
      killing.abort(new Killed('killed'));
      await exited;
      return true;
    },
  };
}

async function ended(running: Promise<Exit>): Promise<Exit> {
  try {
    return await running;
  } catch (thrown) {
    if (thrown instanceof Killed) return { kind: 'signal', signal: 'SIGKILL' };
    if (thrown instanceof Interrupted) return { kind: 'signal', signal: 'SIGINT' };
    // A bug of the simulator must not look like a failure of the tool, so its end counts as not observed.
    console.error(thrown);
    return { kind: 'lost' };
  }
}

/** Buffers output until there is a listener, like a pipe. */
function chunkList(): {
  readonly add: (stream: Stream, bytes: Uint8Array) => void;
  readonly listen: (listener: (stream: Stream, bytes: Uint8Array) => void) => void;
} {
  const waiting: { readonly stream: Stream; readonly bytes: Uint8Array }[] = [];
  const listeners: ((stream: Stream, bytes: Uint8Array) => void)[] = [];
  return {
    add: (stream, bytes) => {
      if (listeners.length === 0) waiting.push({ stream, bytes });
      for (const listener of listeners) listener(stream, bytes);
    },
    listen: (listener) => {
      listeners.push(listener);
      for (const { stream, bytes } of waiting.splice(0)) listener(stream, bytes);
    },
  };
}
