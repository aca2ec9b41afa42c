/**
 * When an intent is stale: its sender decided on a state in which something a person would want to know was missing.
 * What only reports progress or says something beside the procedure does not make it stale; whether the intent is
 * still allowed is checked against the state in any case.
 */
import type { EventKind, IncidentEvent } from './event.ts';
import type { Intent } from './intent.ts';

const HARMLESS: ReadonlySet<EventKind> = new Set<EventKind>([
  'run.started',
  'watch.reading',
  'probe.sampled',
  'rollout.seen',
  'session.seen',
  'post-condition.seen',
  'changes.read',
  'follow-up.settled',
  'evidence.captured',
  'evidence.missing',
  'clock.jumped',
  'command.copied',
  'message.copied',
  'message.posting',
  'message.failed',
  'message.sent',
  'note.added',
  'entry.starred',
  'report.edited',
  'action-item.set',
  'action-item.removed',
  'report.exported',
  'escalation.called',
  'objection.raised',
  'runbook.defect',
]);

/**
 * True when an intent decided at `expectedSeq` must not be carried out over these later events. `events` in order of seq:
 * only the later ones are looked at.
 */
export const isStale = (events: readonly IncidentEvent[], expectedSeq: number): boolean =>
  eventsAfter(events, expectedSeq).some(({ kind }) => !HARMLESS.has(kind));

/** Those with a greater seq, of events in order of seq; looked for from the end. */
export function eventsAfter<E extends Pick<IncidentEvent, 'seq'>>(events: readonly E[], seq: number): readonly E[] {
  let from = events.length;
  while (from > 0 && (events[from - 1]?.seq ?? 0) > seq) from -= 1;
  return events.slice(from);
}

/** What somebody saw, said or wrote is true whatever happened meanwhile. */
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

/** True of the state they were decided in, and still worth telling when it has moved on. */
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

/** When the store takes nothing it may be kept, and put on the timeline later. */
export const mayBeWrittenLater = ({ kind }: Intent): boolean => SAID.has(kind) || SEEN.has(kind);

/** The seq up to which events cannot make the intent stale. */
export const decidedAt = (intent: Intent, expectedSeq: number): number =>
  // `stop-run` names the command it means; nothing that happened beside that command may refuse it (rule 5).
  SAID.has(intent.kind) || intent.kind === 'stop-run' ? Number.POSITIVE_INFINITY : expectedSeq;
