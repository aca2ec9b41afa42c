/** A run's row: where a command's process and its output file are to be found again after a crash. */

export type RunState =
  /** The intent is committed, no process is known yet. */
  | 'intended'
  | 'running'
  | 'ended'
  /** The app or the machine died and nobody saw how it ended. */
  | 'interrupted';

/** Facts of a run's output file; `path` is relative to the data folder. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  /** Hex digest of the file, null while it grows. */
  readonly sha256: string | null;
  /** Bytes dropped from the middle. */
  readonly dropped: number;
}

export interface Run {
  readonly runId: string;
  readonly incidentId: string;
  readonly stepId: string;
  readonly commandId: string;
  readonly state: RunState;
  readonly pid: number | null;
  readonly pgid: number | null;
  /** The kernel's start time of the process as the platform prints it. */
  readonly startTime: string | null;
  readonly output: OutputFile | null;
}

export interface RunChange {
  readonly state?: RunState;
  readonly pid?: number | null;
  readonly pgid?: number | null;
  readonly startTime?: string | null;
  readonly output?: OutputFile | null;
}

export interface Runs {
  /** Codes: `conflict` (the run id is taken), `not-found` (no such incident). */
  readonly add: (run: Run) => Promise<void>;
  /** Code: `not-found`. */
  readonly update: (runId: string, change: RunChange) => Promise<Run>;
  readonly get: (runId: string) => Run | null;
  readonly ofIncident: (incidentId: string) => readonly Run[];
  /** Runs that are `intended` or `running`, of all incidents: what a start has to look for. */
  readonly unfinished: () => readonly Run[];
}
