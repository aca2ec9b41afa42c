/** What the core sends to windows by itself. One row per kind of message. */
import type { Envelope } from '#shared/incident/event.ts';
import type { SeenEnd } from '#shared/incident/running-command.ts';
import type { IncidentSummary } from './incident-summary.ts';
import type { Failure } from './result.ts';

/** What somebody did that is not on the timeline yet. */
export interface KeptEntry {
  /** ms since the epoch, of the incident's clock. */
  readonly at: number;
  readonly actor: string;
  readonly what: string;
  /** The command it asked to stop, and how; null for everything else. */
  readonly stop: { readonly runId: string; readonly how: 'interrupt' | 'kill' } | null;
}

export interface OutputBatch {
  readonly runId: string;
  /** Number of the first line, from 0. A `skipped` batch tells how many lines were left out for this slow window. */
  readonly from: number;
  readonly skipped: number;
  readonly lines: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
}

export interface Pushes {
  /** Events of a followed incident, in order, without a gap. */
  readonly 'incident.events': { readonly incidentId: string; readonly events: readonly Envelope[] };
  /** Why what happens in a followed incident cannot be written down now; null: it can (again). */
  readonly 'incident.unwritten': {
    readonly incidentId: string;
    readonly problem: Failure | null;
    /** What people did meanwhile, in its order. */
    readonly kept: readonly KeptEntry[];
    /** The file it is in; null: in memory alone. */
    readonly keptIn: string | null;
    /** Commands that ended meanwhile. */
    readonly ended: readonly SeenEnd[];
  };
  /** Something in the list of incidents changed. */
  readonly 'incident.listed': { readonly summary: IncidentSummary };
  readonly 'run.output': OutputBatch;
}

export type PushName = keyof Pushes;
export type Push = { [N in PushName]: { readonly name: N; readonly payload: Pushes[N] } }[PushName];
