/** The chain of a stored incident, held against an exported head, against what its row remembers, and its runbook with it. */
import { count } from '#shared/words/count.ts';
import {
  verifyChain,
  type ChainHead,
  type ChainProblem,
  type ChainReport,
  type ChainRow,
} from '#shared/incident/chain.ts';
import { toChainRow, type LinkedRow } from './event-row.ts';
import type { Incident } from './incident-row.ts';
import type { Runbooks } from './runbooks.ts';
import { sha256 } from './sha256.ts';

export function verifyStored(
  incident: Pick<Incident, 'id' | 'head' | 'runbookHash' | 'modelHash'>,
  rows: Iterable<LinkedRow>,
  runbooks: Pick<Runbooks, 'get'>,
  exportedHead?: ChainHead,
): ChainReport {
  let declaration: ChainRow | undefined;
  const chain = function* (): Generator<ChainRow> {
    for (const row of rows) {
      const event = toChainRow(row);
      declaration ??= event;
      yield event;
    }
  };
  const report = verifyChain(sha256, incident.id, chain(), exportedHead);
  const problem =
    report.problem ?? againstRow(report.head, incident.head) ?? againstRunbook(incident, declaration, runbooks);
  return problem === undefined ? report : { ...report, ok: false, problem };
}

/** A purged declaration, and one from before it named the model, are taken at the row's word. */
function againstRunbook(
  { runbookHash, modelHash }: Pick<Incident, 'runbookHash' | 'modelHash'>,
  declaration: ChainRow | undefined,
  runbooks: Pick<Runbooks, 'get'>,
): ChainProblem | undefined {
  const found = (what: string): ChainProblem => ({ seq: 1, kind: 'runbook', what });
  const named = (declaration?.payload as { runbook?: { hash?: string; modelHash?: string } } | null)?.runbook ?? {};
  const { hash = runbookHash, modelHash: model = modelHash } = named;
  if (hash !== runbookHash || model !== modelHash)
    return found("The incident's row names another runbook than the declaration.");
  try {
    if (runbooks.get(hash, model) !== null) return undefined;
    return found('The runbook that the incident has pinned is gone.');
  } catch (thrown) {
    return found((thrown as Error).message);
  }
}

function againstRow(found: ChainHead, stored: ChainHead): ChainProblem | undefined {
  if (found.seq === stored.seq && found.hash === stored.hash) return undefined;
  if (found.seq < stored.seq) {
    const what = `Events ${found.seq + 1} to ${stored.seq} are gone: the incident's row knows ${count(stored.seq, 'event')}.`;
    return { seq: found.seq + 1, kind: 'tail-cut', what };
  }
  const what = `The incident's row remembers another head (event ${stored.seq}): the chain was written anew.`;
  return { seq: stored.seq, kind: 'rewritten', what };
}
