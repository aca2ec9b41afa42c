/** The verdict on a changing command that has ended: its exit and output first, then the post-condition. */
import { type Ending, type Proven, verified } from '#shared/incident/post-condition.ts';
import { brokenRule } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/model.ts';
import type { Ran } from './command-run.ts';

export interface Verdict {
  readonly outcome: Ending;
  readonly reason: string;
}

/** What is known of a command that ended; `output` null: nobody saw what it printed. */
export interface Ended {
  readonly exit: Ran['exit'];
  readonly output: string | null;
  readonly stopped: boolean;
  /** The plain sentence for its failure, where there is one. */
  readonly explained: string | null;
  readonly expects: Expectation | undefined;
  /** fly ended with 127 and printed nothing (internal/cli/cli.go): not "command not found". */
  readonly interrupted?: boolean;
}

/** A changing command that has ended. */
export interface RanToEnd extends Pick<Ended, 'exit' | 'output'> {
  readonly runId: string;
}

export const toEnd = ({ runId, exit, stdout, stderr }: Ran): RanToEnd => ({
  runId,
  exit,
  output: `${stdout}\n${stderr}`,
});

export function verdict(ended: Ended, proof: Proven): Verdict {
  const about = proof.kind === 'met' ? 'The post-condition is met all the same.' : proof.why;
  if (ended.exit.kind === 'lost')
    return { outcome: 'interrupted', reason: `Nobody saw how the command ended. ${about}` };
  if (ended.stopped) return { outcome: 'stopped', reason: `Stopped by a person. ${about}` };
  if (ended.interrupted === true)
    return { outcome: 'interrupted', reason: `${ended.explained ?? 'It was interrupted.'} ${about}` };
  const broken = breach(ended);
  if (broken !== null) return { outcome: 'failed', reason: `${broken} ${about}` };
  if (proof.kind === 'met') return { outcome: verified(proof), reason: 'The post-condition is met.' };
  return { outcome: proof.kind === 'unmet' ? 'failed' : 'unverified', reason: proof.why };
}

/** What the command did against its exit or output rule, or null when it kept both. */
export function breach({ exit, output, explained, expects }: Ended): string | null {
  if (exit.kind !== 'code') return explained ?? describeExit(exit);
  const broken = brokenRule(expects, exit.code, output);
  return broken === null ? null : (explained ?? broken);
}

const describeExit = (exit: Exclude<Ran['exit'], { kind: 'code' }>): string =>
  exit.kind === 'signal'
    ? `The command was ended by ${exit.signal}.`
    : exit.kind === 'timeout'
      ? `The command was stopped after ${Math.round(exit.afterMs / 1000)} s.`
      : 'Nobody saw how the command ended.';
