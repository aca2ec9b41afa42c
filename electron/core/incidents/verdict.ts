/** The verdict on a changing command that has ended: its exit first, then the post-condition. */
import type { Outcome } from '#shared/incident/outcome.ts';
import type { Ran } from './command-run.ts';
import type { Proven } from './proven.ts';

export interface Verdict {
  readonly outcome: Outcome;
  readonly reason: string;
}

export function verdict(
  ran: Pick<Ran, 'exit'>,
  stopped: boolean,
  explained: string | null,
  proof: Proven,
  interrupted = false,
): Verdict {
  const about = proof.kind === 'met' ? 'The post-condition is met all the same.' : proof.why;
  if (ran.exit.kind === 'lost') return { outcome: 'interrupted', reason: `Nobody saw how the command ended. ${about}` };
  if (stopped) return { outcome: 'stopped', reason: `Stopped by a person. ${about}` };
  // fly ends with 127 and prints nothing when it was interrupted (internal/cli/cli.go): not "command not found".
  if (interrupted) return { outcome: 'interrupted', reason: `${explained ?? 'It was interrupted.'} ${about}` };
  if (ran.exit.kind !== 'code' || ran.exit.code !== 0) {
    return { outcome: 'failed', reason: `${explained ?? describeExit(ran.exit)} ${about}` };
  }
  if (proof.kind === 'met') return { outcome: 'verified', reason: 'The post-condition is met.' };
  return { outcome: proof.kind === 'unmet' ? 'failed' : 'unverified', reason: proof.why };
}

const describeExit = (exit: Exclude<Ran['exit'], { kind: 'lost' }>): string =>
  exit.kind === 'code'
    ? `The command ended with exit code ${exit.code}.`
    : exit.kind === 'signal'
      ? `The command was ended by ${exit.signal}.`
      : `The command was stopped after ${Math.round(exit.afterMs / 1000)} s.`;
