/** The timeline as it grows: an event adds its entry, and no other entry is made again. */
import { List } from 'immutable';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { timeline, type TimelineEntry } from '#shared/incident/timeline.ts';
import type { Runbook } from '#shared/runbook/model.ts';

export interface Timeline {
  /** In order of seq; purged events have no entry. */
  readonly all: List<TimelineEntry>;
  /** The short timeline: what was starred, and what went well or badly. */
  readonly main: List<TimelineEntry>;
}

export const NO_TIMELINE: Timeline = { all: List(), main: List() };

const isMain = ({ starred, tone }: TimelineEntry): boolean => starred || tone !== 'plain';

/** `state`: after `more`. */
export function grown(
  before: Timeline,
  more: readonly IncidentEvent[],
  runbook: Runbook,
  state: IncidentState,
): Timeline {
  const entries = timeline(more, runbook, state);
  const next = { all: before.all.push(...entries), main: before.main.push(...entries.filter(isMain)) };
  return more.reduce((known, event) => (event.kind === 'entry.starred' ? starredAnew(known, event) : known), next);
}

/** A person put an entry into the short timeline, or took it out: the one act that looks at all of them. */
function starredAnew(known: Timeline, { payload }: IncidentEvent & { readonly kind: 'entry.starred' }): Timeline {
  const index = known.all.findIndex(({ seq }) => seq === payload?.seq);
  const entry = known.all.get(index);
  if (index < 0 || entry === undefined || payload === null) return known;
  const all = known.all.set(index, { ...entry, starred: payload.starred });
  return { all, main: all.filter(isMain) };
}
