/** The timeline of the open incident. A new event adds its entry; existing entries are not built again. */
import { List } from 'immutable';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { timeline, type TimelineEntry } from '#shared/incident/timeline.ts';
import type { Runbook } from '#shared/runbook/model.ts';

export interface Timeline {
  /** Ordered by seq. Purged events have no entry. */
  readonly all: List<TimelineEntry>;
  /** The short timeline: starred entries, and those whose tone is not plain. */
  readonly main: List<TimelineEntry>;
}

export const NO_TIMELINE: Timeline = { all: List(), main: List() };

const isMain = ({ starred, tone }: TimelineEntry): boolean => starred || tone !== 'plain';

/** `state` is the state after `more`. */
export function extendTimeline(
  before: Timeline,
  more: readonly IncidentEvent[],
  runbook: Runbook,
  state: IncidentState,
): Timeline {
  const entries = timeline(more, runbook, state);
  const next = { all: before.all.push(...entries), main: before.main.push(...entries.filter(isMain)) };
  return more.reduce((known, event) => (event.kind === 'entry.starred' ? setStarred(known, event) : known), next);
}

/** Stars or unstars an entry. The only event that goes through the whole list. */
function setStarred(known: Timeline, { payload }: IncidentEvent & { readonly kind: 'entry.starred' }): Timeline {
  const index = known.all.findIndex(({ seq }) => seq === payload?.seq);
  const entry = known.all.get(index);
  if (index < 0 || entry === undefined || payload === null) return known;
  const all = known.all.set(index, { ...entry, starred: payload.starred });
  return { all, main: all.filter(isMain) };
}
