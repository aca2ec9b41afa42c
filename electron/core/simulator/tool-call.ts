import type { Clock, Exit, Stream } from '#core/ports.ts';
import type { CloudAccess } from './simulated-cloud.ts';

/** One run of a simulated tool; the same for a drill in this process and for the executables of the tests. */
export interface ToolCall {
  /** Without the tool's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly cloud: CloudAccess;
  readonly write: (stream: Stream, text: string) => void;
  /** Aborted with `Interrupted` or `Killed` as its reason. */
  readonly halt: AbortSignal;
  /** Aborted by a kill alone: what a tool that ignores the interrupt goes by. Real processes need none: they just die. */
  readonly killed: AbortSignal;
}

/** In the environment: a person sits in front of the call. */
export const IN_TERMINAL = 'ROLLBOOK_SIM_TERMINAL';

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
export async function pause(call: Pick<ToolCall, 'clock' | 'halt'>, ms: number): Promise<void> {
  call.halt.throwIfAborted();
  await call.clock.sleep(ms, call.halt);
  call.halt.throwIfAborted();
}

/** Waits for ever. `ignoring`: also after an interrupt, so that only a kill ends it. @throws Interrupted or Killed. */
export async function hang(
  call: Pick<ToolCall, 'clock' | 'halt' | 'killed'>,
  ignoring: boolean,
  every: () => void,
): Promise<never> {
  const halt = ignoring ? call.killed : call.halt;
  for (;;) {
    halt.throwIfAborted();
    every();
    await call.clock.sleep(HANG_BEAT_MS, halt);
  }
}

/** Drill time between two checks of a tool that hangs. */
const HANG_BEAT_MS = 4_000;

export const exitCode = (code: number): Exit => ({ kind: 'code', code });
