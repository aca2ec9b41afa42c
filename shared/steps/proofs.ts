import { provingCommands } from '../runbook/commands.ts';
import type { Command, Step } from '../runbook/model.ts';
import { definitionOf } from './registry.ts';

/** The commands that are the post-condition of a step, or a part of it; none where its kind only has a proof of its own. */
export const proofsOf = (step: Pick<Step, 'kind' | 'commands'>): readonly Command[] =>
  takesProofs(step) ? provingCommands(step) : [];

/** True for a kind that is proven by the commands marked `proof`, by itself or among others. */
export function takesProofs(step: Pick<Step, 'kind'>): boolean {
  const { provenBy, keepsRelease } = definitionOf(step);
  return provenBy === 'commands' || keepsRelease === true;
}
