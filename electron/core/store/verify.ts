/** The chain of a stored incident, held against an exported head and against the head its row remembers. */
import { verifyChain } from '#shared/incident/chain.ts';
import type { ChainHead, ChainProblem, ChainReport, ChainRow } from '#shared/incident/chain.ts';
import { toChainRow } from './event-row.ts';
import type { LinkedRow } from './event-row.ts';
import { sha256 } from './sha256.ts';

export function verifyStored(
  incidentId: string,
  rows: Iterable<LinkedRow>,
  storedHead: ChainHead,
  exportedHead?: ChainHead,
): ChainReport {
  const report = verifyChain(sha256, incidentId, chainRows(rows), exportedHead);
  const problem = report.problem ?? againstRow(report.head, storedHead);
  return problem === undefined ? report : { ...report, ok: false, problem };
}

function* chainRows(rows: Iterable<LinkedRow>): Generator<ChainRow> {
  for (const row of rows) yield toChainRow(row);
}

function againstRow(found: ChainHead, stored: ChainHead): ChainProblem | undefined {
  if (found.seq === stored.seq && found.hash === stored.hash) return undefined;
  if (found.seq < stored.seq) {
    const what = `Events ${found.seq + 1} to ${stored.seq} are gone: the incident's row knows ${stored.seq} events.`;
    return { seq: found.seq + 1, kind: 'tail-cut', what };
  }
  const what = `The incident's row remembers another head (event ${stored.seq}): the chain was written anew.`;
  return { seq: stored.seq, kind: 'rewritten', what };
}
