/** The verdict on a changing command that has ended: its exit and output first, then the post-condition. */
import {
  allHeld,
  type Ending,
  type Proven,
  type Rules,
  rulesHeld,
  verified,
} from '#shared/incident/outcome-contract.ts';
import type { Seen } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/model.ts';
import type { Exit } from '#core/ports.ts';

export interface Verdict {
  readonly outcome: Ending;
  readonly reason: string;
}

/** What is known of a command that ended. */
export interface Ended {
  readonly exit: Exit;
  readonly output: Seen;
  readonly stopped: boolean;
  /** The plain sentence for its failure, where there is one. */
  readonly explained: string | null;
  readonly expects: Expectation | undefined;
  /** How it stood to its rules when all of its output was at hand, as the timeline keeps it. */
  readonly kept?: Rules | undefined;
  /** fly ended with 127 and printed nothing (internal/cli/cli.go): not "command not found". */
  readonly interrupted?: boolean;
  /** What supabase spoke to, when it was not the project of the runbook. */
  readonly wrongTarget?: string | null;
}

/** A changing command that has ended. */
export interface RanToEnd extends Pick<Ended, 'exit' | 'output'> {
  readonly runId: string;
}

/** `others`: how the other changes of the step stand to their rules. */
export function verdict(ended: Ended, proof: Proven, others: readonly Rules[] = []): Verdict {
  const about = proof.kind === 'met' ? 'The post-condition is met all the same.' : proof.why;
  if (ended.exit.kind === 'lost')
    return { outcome: 'interrupted', reason: `Nobody saw how the command ended. ${about}` };
  if (ended.stopped) return { outcome: 'stopped', reason: `Stopped by a person. ${about}` };
  if (ended.interrupted === true)
    return { outcome: 'interrupted', reason: `${ended.explained ?? 'It was interrupted.'} ${about}` };
  const broken = breach(ended);
  if (broken !== null) return { outcome: 'failed', reason: `${broken} ${about}` };
  return proven(allHeld([...others, heldIn(ended)]), proof);
}

/** The outcome of a step whose changes have ended as well as can be told: all of its contract, or not verified. */
export function proven(rules: Rules, proof: Proven): Verdict {
  if (proof.kind !== 'met') return { outcome: proof.kind === 'unmet' ? 'failed' : 'unverified', reason: proof.why };
  if (rules.kind === 'kept') return { outcome: verified(rules, proof), reason: 'The post-condition is met.' };
  return { outcome: 'unverified', reason: `The post-condition is met, but the contract has more to it. ${rules.why}` };
}

const heldIn = ({ exit, output, expects, kept }: Ended): Rules => kept ?? rulesHeld(exit, output, expects);

/** What the command did against its exit or output rule, or null when it is not known to have broken one. */
export function breach(ended: Ended): string | null {
  if (ended.wrongTarget != null) return ended.wrongTarget;
  const rules = heldIn(ended);
  return rules.kind === 'broken' ? (ended.explained ?? rules.why) : null;
}
