import type { Clock, Exit, Stream } from '#core/ports.ts';
import type { WorldAccess } from './world.ts';

/** One run of a simulated tool; the same for a drill in this process and for the executables of the tests. */
export interface ToolCall {
  /** Without the tool's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly world: WorldAccess;
  readonly write: (stream: Stream, text: string) => void;
  /** Aborted with `Interrupted` or `Killed` as its reason. */
  readonly halt: AbortSignal;
}

export type Tool = (call: ToolCall) => Promise<Exit>;

/** SIGINT or SIGTERM: a tool may still put things in order. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** SIGKILL: a tool does nothing more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Waits in the call's time. @throws Interrupted or Killed, whichever stopped the call. */
export async function pause(call: ToolCall, ms: number): Promise<void> {
  call.halt.throwIfAborted();
  await call.clock.sleep(ms, call.halt);
  call.halt.throwIfAborted();
}

export const exitCode = (code: number): Exit => ({ kind: 'code', code });
