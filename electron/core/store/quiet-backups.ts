/**
 * Copies the store (backups.ts) at a start, if the newest copy is older than a day, and after a live incident is
 * closed. Never while somebody works on a live incident, or while one declared in the last day is open: a copy reads
 * and writes the whole store. A store without live incidents is not copied.
 */
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { toFailure } from '#shared/api/result.ts';
import type { BackupPart } from './backups.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;

interface Parts {
  readonly store: Pick<Store, 'backups' | 'leases' | 'mode'>;
  readonly onListed: (listener: (summary: IncidentSummary) => void) => () => void;
  /** Wall time, ms since the epoch. */
  readonly now: () => number;
  readonly report: (line: string) => void;
}

type Make = (backups: BackupPart) => Promise<unknown>;

export class QuietBackups {
  #parts: Parts;
  #work: Promise<void> = Promise.resolve();
  #unlisten = (): void => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Once, when everything is open. */
  begin(): void {
    if (this.#parts.store.mode().kind !== 'writable') return;
    try {
      this.#begin();
    } catch (thrown) {
      this.#tell(thrown);
    }
  }

  /** Waits for the one under way. */
  end(): Promise<void> {
    this.#unlisten();
    return this.#work;
  }

  #begin(): void {
    const live = this.#parts.store.backups.live();
    const closed = new Set(live.filter(({ status }) => status === 'closed').map(({ id }) => id));
    this.#unlisten = this.#parts.onListed(({ id, kind, status }) => {
      if (kind !== 'live' || status !== 'closed' || closed.has(id)) return;
      closed.add(id);
      this.#add((backups) => backups.make());
    });
    if (live.length > 0) this.#add((backups) => backups.makeDaily());
  }

  #add(make: Make): void {
    this.#work = this.#work.then(() => this.#attempt(make));
  }

  async #attempt(make: Make): Promise<void> {
    try {
      if (this.#isQuiet()) await make(this.#parts.store.backups);
    } catch (thrown) {
      this.#tell(thrown);
    }
  }

  #isQuiet(): boolean {
    const { store, now } = this.#parts;
    const open = store.backups.live().filter(({ status }) => status === 'open');
    return open.every(({ id, declaredAt }) => store.leases.holder(id) === null && now() - declaredAt >= DAY_MS);
  }

  /** Whatever it is, it must not keep anybody from an incident. */
  #tell(thrown: unknown): void {
    this.#parts.report(`The store could not be copied: ${toFailure(thrown).message}`);
  }
}
