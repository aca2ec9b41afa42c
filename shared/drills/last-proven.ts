/** When each procedure last ended `verified`, in a drill or live. */
import type { Runbook } from '#shared/runbook/model.ts';
import type { DrillRecord } from './record.ts';

export interface LastProven {
  readonly procedureId: string;
  readonly title: string;
  /** null: never on this machine. */
  readonly proof: {
    readonly incidentId: string;
    readonly at: number;
    readonly kind: DrillRecord['kind'];
    readonly adapter: DrillRecord['adapter'];
  } | null;
}

export function lastProven(runbook: Runbook, records: readonly DrillRecord[]): readonly LastProven[] {
  return runbook.procedures.map(({ id, title }) => {
    const proven = records.filter(({ procedureId, outcome }) => procedureId === id && outcome === 'verified');
    const newest = proven.toSorted((a, b) => b.heldAt - a.heldAt)[0];
    const proof =
      newest === undefined
        ? null
        : { incidentId: newest.id, at: newest.heldAt, kind: newest.kind, adapter: newest.adapter };
    return { procedureId: id, title, proof };
  });
}

const DAY_MS = 86_400_000;

/** "3 days ago, in a drill with simulated tools"; `now` in ms since the epoch. */
export function provenText({ proof }: LastProven, now: number): string {
  if (proof === null) return 'never proven on this machine';
  const days = Math.max(0, Math.floor((now - proof.at) / DAY_MS));
  const when = days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  const how = proof.kind === 'live' ? 'in a live incident' : `in a drill with ${proof.adapter} tools`;
  return `last proven ${when}, ${how}`;
}
