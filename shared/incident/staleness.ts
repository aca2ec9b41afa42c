/**
 * When an intent is stale: since its sender decided, something happened that could change the decision. Events that only
 * report progress or add information do not count. Whether the intent is still allowed is checked separately.
 */
import type { IncidentEvent } from './event.ts';
import type { Intent } from './intent.ts';
import { EVENT_RULES } from './topics/registry.ts';

/** True when an intent decided at `expectedSeq` must not be carried out. `events` in order of seq. */
export const isStale = (events: readonly IncidentEvent[], expectedSeq: number): boolean =>
  eventsAfter(events, expectedSeq).some(({ kind }) => EVENT_RULES[kind].keepsIntentsValid !== true);

/** The events after `seq`, of events in order of seq. Searches from the end, so a long incident costs no more. */
export function eventsAfter<E extends Pick<IncidentEvent, 'seq'>>(events: readonly E[], seq: number): readonly E[] {
  let from = events.length;
  while (from > 0 && (events[from - 1]?.seq ?? 0) > seq) from -= 1;
  return events.slice(from);
}

/** Records what somebody said, wrote or did: true whatever happened meanwhile. */
const SAID: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'note',
  'star',
  'log-escalation',
  'raise-objection',
  'report-defect',
  'edit-report',
  'set-action-item',
  'remove-action-item',
  'copied-command',
  'copied-message',
  'sent-message',
]);

/** True of the state it was decided in, and still worth recording after that. */
const SEEN: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'tick',
  'confirm-step',
  'confirm-symptom-gone',
  'symptom-remains',
  'record-approval',
  'pay-debt',
  'settle-deferred',
  'settle-follow-ups',
  'resolve',
]);

/** While the store cannot be written, such an intent may be kept and recorded later. */
export const mayBeWrittenLater = ({ kind }: Intent): boolean => SAID.has(kind) || SEEN.has(kind);

/** Events up to this seq cannot make the intent stale. */
export const decidedAt = (intent: Intent, expectedSeq: number): number =>
  // `stop-run` names its command; nothing else that happened may refuse it (rule 5).
  SAID.has(intent.kind) || intent.kind === 'stop-run' ? Number.POSITIVE_INFINITY : expectedSeq;
