/** Messages that the core sends to windows without a call; one row per kind. */
import type { Envelope } from '#shared/incident/event.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import type { SeenEnd } from '#shared/incident/running-command.ts';
import type { IncidentSummary } from './incident-summary.ts';
import type { Failure } from './result.ts';

/** Something a person did that is not on the timeline yet. */
export interface KeptEntry {
  /** ms since the epoch, of the incident's clock. */
  readonly at: number;
  readonly actor: string;
  readonly what: string;
  /** For a stop: the run, and how; otherwise null. */
  readonly stop: { readonly runId: string; readonly how: 'interrupt' | 'kill' } | null;
}

export interface OutputBatch {
  readonly runId: string;
  /** Number of the first line, from 0. `skipped`: lines left out because this window was slow. */
  readonly from: number;
  readonly skipped: number;
  readonly lines: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
}

/** One probe of the watch or of the symptom, when it was made. The timeline has it within a minute or so. */
export interface LiveProbe {
  readonly purpose: 'watch' | 'symptom';
  /** The watched service, or the probed address. */
  readonly target: string;
  readonly sample: Sample;
}

export interface Pushes {
  /** Events of a followed incident, in order, without a gap. */
  readonly 'incident.events': { readonly incidentId: string; readonly events: readonly Envelope[] };
  /** Why events of a followed incident cannot be recorded now; null when they can (again). */
  readonly 'incident.unwritten': {
    readonly incidentId: string;
    readonly problem: Failure | null;
    /** What people did meanwhile, in order. */
    readonly kept: readonly KeptEntry[];
    /** The file it is kept in; null when only in memory. */
    readonly keptIn: string | null;
    /** Commands that ended meanwhile. */
    readonly ended: readonly SeenEnd[];
  };
  /** A probe of a followed incident, made by this process. */
  readonly 'incident.probed': { readonly incidentId: string; readonly probe: LiveProbe };
  /** Something in the list of incidents changed. */
  readonly 'incident.listed': { readonly summary: IncidentSummary };
  readonly 'run.output': OutputBatch;
}

export type PushName = keyof Pushes;
export type Push = { [N in PushName]: { readonly name: N; readonly payload: Pushes[N] } }[PushName];
