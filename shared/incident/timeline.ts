/**
 * The incident as people read it: one entry for each event, one plain sentence an entry. Pure: the window, the command
 * line and the report all show these entries. topics/ has the sentences, one row for each kind of event.
 */
import { allSteps } from './branches.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { EventKind, IncidentEvent } from './event.ts';
import type { IncidentState } from './state.ts';
import type { Context } from './timeline-words.ts';
import { EVENT_RULES } from './topics/registry.ts';
import type { EventRule, Source, Tone } from './topics/topic.ts';

export type { Tone } from './topics/topic.ts';

export interface TimelineEntry {
  readonly seq: number;
  /** When it was recorded, ms since the epoch of the incident's clock. */
  readonly at: number;
  /** When a person says it happened, if that was earlier. */
  readonly occurredAt: number | null;
  /** From *detected* to when it happened; negative before it. */
  readonly elapsedMs: number;
  readonly actor: string;
  /** One line of plain text, not Markdown. */
  readonly text: string;
  /** `app`: Rollbook did or measured it. `person`: somebody decided it or vouched for it. */
  readonly source: Source;
  /** Belongs into the short timeline: by the kind's row unless a person starred or unstarred it. */
  readonly starred: boolean;
  readonly kind: EventKind;
  readonly stepId: string | null;
  readonly runId: string | null;
  readonly tone: Tone;
}

/** Entries in order of seq. `state` is the one reduced from the same events. */
export function timeline(
  events: readonly IncidentEvent[],
  runbook: Runbook,
  state: IncidentState,
): readonly TimelineEntry[] {
  const titles = new Map(allSteps(runbook).map((step) => [step.id, step]));
  const context: Context = { state, runbook, steps: titles };
  return events.map((event) => entryOf(event, context));
}

/** In order of when things happened: a back-dated entry stands where it belongs. Equal times keep their order of seq. */
export const byOccurrence = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] =>
  [...entries].sort((a, b) => (a.occurredAt ?? a.at) - (b.occurredAt ?? b.at) || a.seq - b.seq);

function entryOf(event: IncidentEvent, context: Context): TimelineEntry {
  const { seq, at, occurredAt, actor, kind } = event;
  const row = EVENT_RULES[kind] as EventRule<EventKind>;
  const place = placeOf(event, context);
  const envelope = {
    seq,
    at,
    occurredAt,
    elapsedMs: (occurredAt ?? at) - context.state.declared.detectedAt,
    actor,
    kind,
    ...place,
  } as const;
  if (event.payload === null) return { ...envelope, text: 'Purged', source: 'app', starred: false, tone: 'plain' };
  const payload = event.payload as never;
  return {
    ...envelope,
    text: oneLine(row.text(payload, context)),
    // Whatever the kind: nobody vouched for what Rollbook did by itself.
    source: actor === 'rollbook' ? 'app' : typeof row.source === 'function' ? row.source(payload) : row.source,
    starred: context.state.starred.get(seq) ?? row.starred(payload, context),
    tone: row.tone(payload, context),
  };
}

function placeOf(
  event: IncidentEvent,
  { state }: Context,
): { readonly stepId: string | null; readonly runId: string | null } {
  const payload = (event.payload ?? {}) as { readonly stepId?: string; readonly runId?: string };
  const runId = payload.runId ?? null;
  return { stepId: payload.stepId ?? (runId === null ? null : (state.runs.get(runId)?.stepId ?? null)), runId };
}

/** Line ends of any sort and runs of white space become one space. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
