import { provingCommands } from '../runbook/commands.ts';
import type { Command, Step } from '../runbook/model.ts';
import { definitionOf } from './registry.ts';

/** The commands that are the post-condition of a step; none where its kind has a proof of its own. */
export const proofsOf = (step: Pick<Step, 'kind' | 'commands'>): readonly Command[] =>
  definitionOf(step).provenBy === 'commands' ? provingCommands(step) : [];
