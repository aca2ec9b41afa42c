/**
 * The timeline: one entry for each event, one plain sentence each. The window, the command line and the report show the
 * same entries. The sentences stand in topics/, one row for each kind of event.
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
  /** From detection to when it happened, ms; negative before detection. */
  readonly elapsedMs: number;
  readonly actor: string;
  /** One line of plain text, not Markdown. */
  readonly text: string;
  /** `app`: Rollbook did or measured it. `person`: somebody decided it or vouched for it. */
  readonly source: Source;
  /** In the short timeline: as its kind says, unless a person starred or unstarred it. */
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
  const context = contextOf(runbook, state);
  return events.map((event) => entryOf(event, context));
}

/** The context that the sentences of this incident need. */
export const contextOf = (runbook: Runbook, state: IncidentState): Context => ({
  state,
  runbook,
  steps: new Map(allSteps(runbook).map((step) => [step.id, step])),
});

/** In order of when things happened, so a back-dated entry moves forward; equal times stay in order of seq. */
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
    // Nobody vouched for what Rollbook did by itself, whatever the kind says.
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

/** The text an event is found by: its timeline entry, and longer texts that the entry leaves out. */
export interface EventText {
  readonly seq: number;
  readonly text: string;
}

/** One for each event, in order. `state` is reduced from the same events. The texts are as redacted as the events. */
export function searchTexts(
  events: readonly IncidentEvent[],
  runbook: Runbook,
  state: IncidentState,
): readonly EventText[] {
  const entries = timeline(events, runbook, state);
  return events.map((event, index) => ({
    seq: event.seq,
    text: [entries[index]?.text ?? '', ...besides(event)].filter((part) => part.trim() !== '').join(' · '),
  }));
}

function besides(event: IncidentEvent): readonly string[] {
  if (event.payload === null) return [];
  switch (event.kind) {
    case 'incident.declared':
      return [event.payload.title, event.payload.symptom];
    case 'message.sent':
    case 'report.edited':
      return [event.payload.text];
    default:
      return [];
  }
}
