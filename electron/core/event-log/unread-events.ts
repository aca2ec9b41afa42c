/** The stored events of an incident that this version cannot read, and what is still allowed in the incident. */
import { RollbookError } from '#shared/api/result.ts';
import type { Envelope, Draft } from '#shared/incident/event.ts';
import { type LeftOut, leftOutText, type Reading } from '#shared/incident/upcast.ts';
import type { Store } from '#core/store/store.ts';

/** Events that are valid whatever the damaged ones said: notes, the report, and ending the incident (rule 16). */
const ALLOWED_WHEN_DAMAGED: ReadonlySet<Draft['kind']> = new Set<Draft['kind']>([
  'note.added',
  'entry.starred',
  'report.edited',
  'action-item.set',
  'action-item.removed',
  'escalation.called',
  'objection.raised',
  'runbook.defect',
  'debt.paid',
  'deferred.settled',
  'follow-up.settled',
  'watch.ended',
  'incident.resolved',
  'incident.closed',
]);

const BACKUPS = 'Keep a copy of the file, and look for the incident in a copy from the backups folder.';
const ADVICE = `Notes, resolving and the report work; nothing else is done in it. ${BACKUPS}`;
const UNDECLARED = `Nothing was changed, and the other incidents are not touched. ${BACKUPS}`;

type Found = Pick<Reading, 'purged' | 'damaged' | 'newer'>;

export class UnreadEvents {
  #incidentId: string;
  #noteDamage: Store['noteDamage'];
  #found: Found = { purged: 0, damaged: [], newer: null };

  constructor(incidentId: string, { noteDamage }: Pick<Store, 'noteDamage'>) {
    this.#incidentId = incidentId;
    this.#noteDamage = noteDamage;
  }

  /** The events that are not shown. */
  get found(): Found {
    return this.#found;
  }

  /** True: some events are damaged, and only notes and the like are accepted. */
  get damaged(): boolean {
    return this.#found.damaged.length > 0;
  }

  /** Why the incident is read-only here, or null. */
  get why(): string | null {
    const { damaged, newer } = this.#found;
    if (newer !== null) return `${leftOutText([newer])}; a newer Rollbook wrote it`;
    return damaged.length === 0
      ? null
      : `${leftOutText(damaged)}; all others are shown, and only notes and its end are taken`;
  }

  add({ purged, damaged, newer }: Reading): void {
    const before = this.#found;
    this.#found = {
      purged: before.purged + purged,
      damaged: [...before.damaged, ...damaged],
      newer: before.newer ?? newer,
    };
    if (damaged.length === 0) return;
    const id = this.#incidentId;
    this.#noteDamage(`events of ${id}`, `Incident ${id}: ${leftOutText(this.#found.damaged)}`, ADVICE);
  }

  /** Refuses when there are unread events, since they may be what makes an action wrong. Code: `read-only`. */
  mustBeNone(): void {
    if (this.why === null) return;
    const advice = this.#found.newer === null ? ADVICE : 'Update Rollbook.';
    throw new RollbookError('read-only', `Incident ${this.#incidentId} can only be read here: ${this.why}.`, advice);
  }

  /** Refuses events that depend on unread ones. Code: `read-only`. */
  mustTake(drafts: readonly Draft[]): void {
    if (this.#found.newer !== null || !drafts.every(({ kind }) => ALLOWED_WHEN_DAMAGED.has(kind))) this.mustBeNone();
  }

  /** The error for an incident without a readable declaration. Code: `store-corrupt`. */
  undeclared(): RollbookError {
    const { damaged, newer } = this.#found;
    const first: LeftOut | null = damaged[0] ?? newer;
    const what =
      first?.seq === 1
        ? `cannot be shown: ${leftOutText([first])}, and all that follows builds on it`
        : 'does not begin with a declaration';
    return new RollbookError('store-corrupt', `Incident ${this.#incidentId} ${what}.`, UNDECLARED);
  }
}

/** The events as windows get them: unread ones have no payload, like purged ones. */
export function shownOf(stored: readonly Envelope[], { events, damaged, newer }: Reading): Envelope[] {
  if (damaged.length === 0 && newer === null) return [...stored];
  const read = new Set(events.map(({ seq }) => seq));
  return stored.map(({ damaged: _damaged, ...envelope }) =>
    read.has(envelope.seq) ? envelope : { ...envelope, payload: null },
  );
}
