/** The commands that are a step's post-condition. */
import type { Command, Step } from './model.ts';

/** Only a plain step is proven by commands: the other kinds know by themselves what to look at. */
export function proofsOf({ kind, commands }: Pick<Step, 'kind' | 'commands'>): readonly Command[] {
  if (kind !== 'task' || commands.every(({ effect }) => effect === 'read')) return [];
  return commands.filter(({ proves }) => proves !== undefined);
}
