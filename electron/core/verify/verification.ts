/** The result of verifying a stored or an exported incident. */
import type { ChainHead, ChainProblem, ChainReport, ChainRow } from '#shared/incident/chain.ts';
import { leftOutText, type Reading } from '#shared/incident/upcast.ts';
import { RollbookError } from '#shared/api/result.ts';

export interface Verification extends Omit<ChainReport, 'problem'> {
  readonly incidentId: string;
  /** The first problem in the chain, or null. */
  readonly problem: ChainProblem | null;
  /** Files that were held against their hashes. */
  readonly files: number;
  /** What differs from the events, one sentence each: rows, outputs, evidence. */
  readonly findings: readonly string[];
  /** What could not be checked, and other notes; nothing wrong. */
  readonly notes: readonly string[];
}

export function verification(
  incidentId: string,
  { problem, ...report }: ChainReport,
  { files, findings, notes }: Pick<Verification, 'files' | 'findings' | 'notes'>,
): Verification {
  const ok = report.ok && findings.length === 0;
  return { incidentId, ...report, ok, problem: problem ?? null, files, findings, notes };
}

/** Notes about events that verify but that this program cannot read. */
export const unreadNotes = ({ damaged, newer }: Reading): readonly string[] => [
  ...damaged.map((each) => `It has ${leftOutText([each])}: that was not looked at.`),
  ...(newer === null ? [] : [`It has ${leftOutText([newer])}: what follows was not looked at.`]),
];

/** Code: `bad-arguments` when the text is not a hash. */
export function headOf(text: string): string {
  if (/^[\da-f]{64}$/i.test(text)) return text.toLowerCase();
  const advice = 'Give the head that an export or `rollbook verify` printed, or the timeline_sha256 of a report.';
  throw new RollbookError('bad-arguments', `"${text}" is no hash of 64 hexadecimal digits.`, advice);
}

/** The report of a chain that held in itself, held against a hash that was kept elsewhere; null: none was. */
export function againstKept(report: ChainReport, chain: readonly ChainRow[], kept: string | null): ChainReport {
  if (kept === null || !report.ok || chain.some(({ hash }) => hash === kept)) return report;
  const head: ChainHead = report.head;
  const what = 'No event has the hash that was exported: the end was cut off since, or the chain was written anew.';
  return { ...report, ok: false, problem: { seq: head.seq, kind: 'rewritten', what } };
}
