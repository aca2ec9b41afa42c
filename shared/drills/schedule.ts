/**
 * Reads when drills are due from the runbook's "Drill schedule". There are three kinds: a full drill once before launch, a
 * rollback drill at an interval, and a disaster recovery (a restore to scratch) at another.
 */
import type { Runbook } from '#shared/runbook/model.ts';
import type { DrillRecord } from './record.ts';

type ScheduleKind = 'before-launch' | 'rollback' | 'disaster-recovery';

interface ScheduleEntry {
  readonly kind: ScheduleKind;
  /** The line of the runbook, without Markdown marks. */
  readonly text: string;
  /** Line of the runbook, from 1. */
  readonly line: number;
  /** null: once. */
  readonly everyDays: number | null;
}

export interface Due extends ScheduleEntry {
  readonly last: { readonly incidentId: string; readonly at: number } | null;
  /** ms since the epoch; null: held, and not due again. */
  readonly dueAt: number | null;
  /** `never`: not held yet. `soon`: within a week. */
  readonly standing: 'held' | 'soon' | 'overdue' | 'never';
}

const DAY_MS = 86_400_000;
/** A drill is announced this long before it is due. */
const SOON_MS = 7 * DAY_MS;

/** Words for an interval, in days: the longest month, quarter and so on. */
const INTERVALS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:weekly|(?:every|each|per|once a|a) week)\b/i, 7],
  [/\b(?:fortnightly|biweekly|every (?:two|2) weeks)\b/i, 14],
  [/\b(?:quarterly|(?:every|each|per|once a|a) quarter|every (?:three|3) months)\b/i, 92],
  [/\b(?:twice a year|semi-?annually|half-?yearly|every (?:six|6) months)\b/i, 184],
  [/\b(?:monthly|(?:every|each|per|once a|a) month)\b/i, 31],
  [/\b(?:yearly|annually|(?:every|each|per|once a|a) year)\b/i, 366],
];

/** The entries under a heading about a drill schedule, without lines that name no time. `source`: the repaired text. */
export function scheduleOf(runbook: Pick<Runbook, 'sections'>, source: string): readonly ScheduleEntry[] {
  const at = runbook.sections.findIndex(({ title }) =>
    /\bdrills?\b.*\bschedule\b|\bschedule\b.*\bdrills?\b/i.test(title),
  );
  const section = runbook.sections[at];
  if (section === undefined) return [];
  const next = runbook.sections.find((each, index) => index > at && each.level <= section.level);
  const lines = source.split('\n').slice(section.line, next === undefined ? undefined : next.line - 1);
  return lines.flatMap((raw, index) => {
    const entry = entryOf(raw);
    return entry === null ? [] : [{ ...entry, line: section.line + 1 + index }];
  });
}

function entryOf(raw: string): Omit<ScheduleEntry, 'line'> | null {
  const text = raw
    .replace(/^\s*(?:[-*+]|\d+[.)]|\|)\s*/, '')
    .replace(/\[[ xX]\]\s*/, '')
    .replaceAll('*', '')
    .replace(/\s*\|\s*/g, ': ')
    .trim();
  if (text === '' || text.startsWith('#')) return null;
  const interval = INTERVALS.find(([words]) => words.test(text))?.[1] ?? everyNumber(text);
  if (interval === null) {
    return /\b(?:before|prior to)\b.*\b(?:launch|release|go-?live)\b/i.test(text)
      ? { kind: 'before-launch', text, everyDays: null }
      : null;
  }
  const disaster = /\bdisaster|\bDR\b|\brestore\b|\brecovery\b/i.test(text);
  return { kind: disaster ? 'disaster-recovery' : 'rollback', text, everyDays: interval };
}

function everyNumber(text: string): number | null {
  const found = /\bevery (\d{1,3}) (day|week|month)s?\b/i.exec(text);
  if (found === null) return null;
  const days = { day: 1, week: 7, month: 31 }[(found[2] ?? 'day').toLowerCase() as 'day' | 'week' | 'month'];
  return Number(found[1]) * days;
}

/** The procedure of a disaster recovery, recognized by its name. */
const isDisasterRecovery = (procedureId: string | null): boolean =>
  procedureId !== null && /disaster|restore-to-scratch/.test(procedureId);

/** True if a drill counts for an entry; an abandoned drill does not. */
function counts(kind: ScheduleKind, record: DrillRecord): boolean {
  if (record.kind !== 'drill' || record.outcome === null) return false;
  const ended = record.expected === null ? record.outcome === 'verified' : record.outcome === record.expected;
  if (!ended) return false;
  switch (kind) {
    case 'disaster-recovery':
      return isDisasterRecovery(record.procedureId) && record.adapter === 'real';
    case 'before-launch':
      return !isDisasterRecovery(record.procedureId) && record.outcome === 'verified';
    case 'rollback':
      return !isDisasterRecovery(record.procedureId);
  }
}

/** When each entry is due; `now` and all times in ms since the epoch. */
export function dueDrills(
  entries: readonly ScheduleEntry[],
  records: readonly DrillRecord[],
  now: number,
): readonly Due[] {
  return entries.map((entry) => {
    const newest = records.filter((record) => counts(entry.kind, record)).toSorted((a, b) => b.heldAt - a.heldAt)[0];
    if (newest === undefined) return { ...entry, last: null, dueAt: null, standing: 'never' };
    const last = { incidentId: newest.id, at: newest.heldAt };
    if (entry.everyDays === null) return { ...entry, last, dueAt: null, standing: 'held' };
    const dueAt = newest.heldAt + entry.everyDays * DAY_MS;
    return { ...entry, last, dueAt, standing: now > dueAt ? 'overdue' : dueAt - now <= SOON_MS ? 'soon' : 'held' };
  });
}
