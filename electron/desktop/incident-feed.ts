/** The incidents that are not closed, as the shell sees them: read from the store, without a lease and without a window. */
import { intactOrNull } from '#core/store/runbooks.ts';
import type { Store } from '#core/store/store.ts';
import { deferredTitle } from '#shared/incident/checklist.ts';
import { type Obligation, obligations } from '#shared/incident/obligations.ts';
import { incidentNow } from '#shared/incident/clocks.ts';
import { advance } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import type { Runbook } from '#shared/runbook/model.ts';

export interface WatchedIncident {
  readonly id: string;
  readonly state: IncidentState;
  /** Incident time, ms since the epoch: for a drill it is the drill's own. */
  readonly now: number;
  /** Title of a step, or of a check of a checklist. */
  readonly stepTitle: (stepId: string) => string;
  /** Needed for follow-ups. */
  readonly runbook?: Runbook;
  /** Obligations that are not paid yet. */
  readonly obligations: readonly Obligation[];
}

export interface FeedParts {
  readonly store: Pick<Store, 'list' | 'events'>;
  /** The model an incident was declared with. */
  readonly model: (incidentId: string) => Runbook;
}

interface Known {
  readonly seq: number;
  readonly state: IncidentState | null;
  readonly runbook: Runbook;
}

/** Returns a function that reads the incidents again; only new events are read. It may throw the store's errors. */
export function incidentFeed({ store, model }: FeedParts): (wallNow: number) => readonly WatchedIncident[] {
  let known = new Map<string, Known>();
  return (wallNow) => {
    const rows = [...store.list({ status: 'open' }), ...store.list({ status: 'resolved' })];
    known = new Map(
      rows.flatMap(({ id, head }) => {
        const before = known.get(id);
        if (before?.seq === head.seq) return [[id, before]];
        // A damaged incident must not hide the others.
        const more = intactOrNull(() => readEvents(store.events(id, before?.seq ?? 0)).events);
        const runbook = before?.runbook ?? intactOrNull(() => model(id));
        return runbook === null || more === null
          ? []
          : [[id, { seq: head.seq, state: advance(before?.state ?? null, more), runbook }]];
      }),
    );
    return [...known].flatMap(([id, { state, runbook }]) =>
      state === null
        ? []
        : [
            {
              id,
              state,
              now: incidentNow(state, wallNow),
              stepTitle: (stepId) => deferredTitle(stepId, runbook),
              runbook,
              obligations: obligations(state, runbook).filter(({ paid }) => paid === null),
            },
          ],
    );
  };
}
