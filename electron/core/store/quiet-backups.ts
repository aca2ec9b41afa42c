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

export interface QuietBackups {
  /** Once, when everything is open. */
  readonly begin: () => void;
  /** Waits for the one under way. */
  readonly end: () => Promise<void>;
}

interface Parts {
  readonly store: Pick<Store, 'backups' | 'leases' | 'mode'>;
  readonly onListed: (listener: (summary: IncidentSummary) => void) => () => void;
  /** Wall time, ms since the epoch. */
  readonly now: () => number;
  readonly report: (line: string) => void;
}

type Make = (backups: BackupPart) => Promise<unknown>;

export function quietBackups({ store, onListed, now, report }: Parts): QuietBackups {
  let work: Promise<void> = Promise.resolve();
  let unlisten = (): void => undefined;
  const isQuiet = (): boolean => {
    const open = store.backups.live().filter(({ status }) => status === 'open');
    return open.every(({ id, declaredAt }) => store.leases.holder(id) === null && now() - declaredAt >= DAY_MS);
  };
  // Whatever it is, it must not keep anybody from an incident.
  const told = (thrown: unknown): void => report(`The store could not be copied: ${toFailure(thrown).message}`);
  const attempt = async (make: Make): Promise<void> => {
    try {
      if (isQuiet()) await make(store.backups);
    } catch (thrown) {
      told(thrown);
    }
  };
  const add = (make: Make): void => {
    work = work.then(() => attempt(make));
  };
  const begin = (): void => {
    const live = store.backups.live();
    const closed = new Set(live.filter(({ status }) => status === 'closed').map(({ id }) => id));
    unlisten = onListed(({ id, kind, status }) => {
      if (kind !== 'live' || status !== 'closed' || closed.has(id)) return;
      closed.add(id);
      add((backups) => backups.make());
    });
    if (live.length > 0) add((backups) => backups.makeDaily());
  };
  return {
    begin() {
      if (store.mode().kind !== 'writable') return;
      try {
        begin();
      } catch (thrown) {
        told(thrown);
      }
    },
    end() {
      unlisten();
      return work;
    },
  };
}
