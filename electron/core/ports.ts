/**
 * The small interfaces through which time, processes and the network reach the core.
 * Each has a real adapter and a simulated one (drills); the core knows no other way out.
 */

/** Incident time. For a drill it is drill time, which may run faster than the wall. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Monotonic milliseconds since boot; unaffected by a set clock. */
  monotonic(): number;
  /** Resolves after `ms` of this clock's time, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Real time, for the housekeeping beside the incidents. Each call answers how to cancel it. */
export interface Timers {
  after(ms: number, work: () => void): () => void;
  /** Does not keep the process alive. */
  every(ms: number, work: () => void): () => void;
}

/** What the core takes from outside: the system's own in the product (system-ports.ts), a test's own in tests. */
export interface Ports {
  /** Wall time; what live incidents run on and what a drill's time is reckoned from. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** A ULID, another at each call. */
  readonly newId: () => string;
}

/** `read` never alters the service; `change` may, so no timeout ever ends it (product rule 5). */
export type Effect = 'read' | 'change';

export interface SpawnRequest {
  readonly runId: string;
  /** argv[0] is the absolute path of the binary. Never a shell string. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly effect: Effect;
  /** Milliseconds of the clock; only a `read` may have one. */
  readonly timeoutMs?: number;
}

export type Stream = 'stdout' | 'stderr';

export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** A read-only command that outran its time and was stopped by us. */
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** The process is gone and its exit was not seen. */
  | { readonly kind: 'lost' };

export interface RunningProcess {
  readonly pid: number;
  /** Process group; what a stop signals. */
  readonly pgid: number;
  /** The kernel's start time of the process, as printed by the platform: tells a reused pid apart. */
  readonly startTime: string;
  /** Chunks in order of arrival. The process side is always drained, whatever the listener does. */
  onChunk(listener: (stream: Stream, bytes: Uint8Array) => void): void;
  /**
   * Resolves once, when its output has ended, or 1 s after the exit, as what it left running may hold the output open. On
   * a machine that is late with the output of a change, up to a minute after it. Never rejects.
   */
  readonly exited: Promise<Exit>;
  /** After `exited`: whether all that it printed was heard. Absent: it always is. */
  readonly heardAll?: () => boolean;
  /** SIGINT to the group. */
  interrupt(): void;
  /** Stops listening without touching the process: another one attends it from now on. */
  leave(): void;
  /** SIGKILL to the group, after a separate confirmation. Resolves true when the group is proven gone. */
  kill(): Promise<boolean>;
}

/** Throws RollbookError `tool-missing` when argv[0] is not an executable file. */
export interface Spawner {
  spawn(request: SpawnRequest): Promise<RunningProcess>;
}

/** Absolute path, and version ('' for tools that are not asked). */
export interface LocatedTool {
  readonly path: string;
  readonly version: string;
}

/** Path and version of a tool; null: it is not on PATH. */
export interface ToolLocator {
  locate(tool: string): Promise<LocatedTool | null>;
}

export type ProbeAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly ms: number;
      readonly body: string /** By name in small letters; not known of a simulated address. */;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'no-answer'; readonly reason: string; readonly ms: number };

/** One GET with a time limit; redirects are not followed; the body is cut at 4,096 characters. */
export interface HttpProbe {
  get(url: string, timeoutMs: number): Promise<ProbeAnswer>;
}

export interface DrillFixtures {
  /** Variables that commands find instead of the person's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** What an incident's commands run against. A live incident always gets the real one. */
export interface ToolAdapter {
  readonly name: 'real' | 'simulated';
  readonly clock: Clock;
  readonly spawner: Spawner;
  readonly tools: ToolLocator;
  readonly http: HttpProbe;
  /**
   * Starts a tool's login in a terminal in front of a person, and does not wait for its end. Answers the terminal's name, or
   * null where none can be opened.
   */
  readonly openLogin: (argv: readonly [string, ...string[]], env: SpawnRequest['env']) => Promise<string | null>;
  /** What a drill has in place of this machine's own settings and files. */
  readonly fixtures?: DrillFixtures;
}
