/**
 * Reads when drills are due from the runbook's "Drill schedule". There are three kinds: a full drill once before launch, a
 * rollback drill at an interval, and a disaster recovery (a restore to scratch) at another. The first and the last need real
 * tools, and the procedures that the runbook has for them. A drill of the autopilot counts for none: nobody practised.
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

const BEFORE_LAUNCH = /\b(?:before|prior to)\b.*\b(?:launch|release|go-?live)\b/i;

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
    return BEFORE_LAUNCH.test(text) ? { kind: 'before-launch', text, everyDays: null } : null;
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

/** The procedures of a section such as "Test before launch": all of them have to be held before the launch. */
function beforeLaunch({ sections, procedures }: Practised): readonly string[] {
  return sections.flatMap((section, index) => {
    if (!BEFORE_LAUNCH.test(section.title)) return [];
    const end = sections.find((each, at) => at > index && each.level <= section.level)?.line ?? Infinity;
    return procedures.filter(({ line }) => line >= section.line && line < end).map(({ id }) => id);
  });
}

/** True if a drill counts for an entry: a person held it, and it ended as it should. */
function counts(kind: ScheduleKind, record: DrillRecord): boolean {
  if (record.kind !== 'drill' || record.autopilot || record.outcome === null) return false;
  const ended = record.expected === null ? record.outcome === 'verified' : record.outcome === record.expected;
  if (!ended) return false;
  switch (kind) {
    case 'disaster-recovery':
      return isDisasterRecovery(record.procedureId) && record.adapter === 'real';
    case 'before-launch':
      return !isDisasterRecovery(record.procedureId) && record.adapter === 'real' && record.outcome === 'verified';
    case 'rollback':
      return !isDisasterRecovery(record.procedureId);
  }
}

/** The drill that an entry was last held with; of several procedures, the one held longest ago. */
function lastHeld(kind: ScheduleKind, records: readonly DrillRecord[], runbook: Practised): DrillRecord | undefined {
  const counted = records.filter((record) => counts(kind, record)).toSorted((a, b) => b.heldAt - a.heldAt);
  const wanted = kind === 'before-launch' ? beforeLaunch(runbook) : [];
  if (wanted.length === 0) return counted[0];
  const held = wanted.flatMap((id) => counted.find(({ procedureId }) => procedureId === id) ?? []);
  return held.length < wanted.length ? undefined : held.toSorted((a, b) => a.heldAt - b.heldAt)[0];
}

type Practised = Pick<Runbook, 'sections' | 'procedures'>;

/** When each entry is due; `now` and all times in ms since the epoch. */
export function dueDrills(
  entries: readonly ScheduleEntry[],
  records: readonly DrillRecord[],
  { runbook, now }: { readonly runbook: Practised; readonly now: number },
): readonly Due[] {
  return entries.map((entry) => {
    const newest = lastHeld(entry.kind, records, runbook);
    if (newest === undefined) return { ...entry, last: null, dueAt: null, standing: 'never' };
    const last = { incidentId: newest.id, at: newest.heldAt };
    if (entry.everyDays === null) return { ...entry, last, dueAt: null, standing: 'held' };
    const dueAt = newest.heldAt + entry.everyDays * DAY_MS;
    return { ...entry, last, dueAt, standing: now > dueAt ? 'overdue' : dueAt - now <= SOON_MS ? 'soon' : 'held' };
  });
}
