/** The commands of a runbook, each with what stands around it. */
import type { Command, Runbook, Step } from '../runbook/model.ts';
import { Lines } from '../runbook/place.ts';
import { KNOWN } from './grammar/known-tools.ts';
import { inlineCommands } from './inline-commands.ts';
import { type Call, readScript } from './script.ts';
import { LOOK_BACK, type RuleInput } from './rule.ts';

export interface PlacedInput extends RuleInput {
  /** Where the script's text begins in the source. */
  readonly start: number;
  /** The lines of the script's text. */
  readonly lines: Lines;
}

/** Commands of steps, of other fences, and those a sentence tells the reader to run. */
export function inputsOf(
  model: Runbook,
  source: string,
  knowledge: RuleInput['knowledge'] = KNOWN,
): readonly PlacedInput[] {
  const sequence = (commands: readonly Placed[], step: Step | null): readonly PlacedInput[] =>
    inSequence(commands, step, knowledge);
  const steps = model.procedures.flatMap((procedure) => procedure.steps);
  const others = Map.groupBy(model.otherCommands, ({ id }) => id.slice(0, id.lastIndexOf('#')));
  const inline = inlineCommands(model.blocks, source);
  return [
    ...steps.flatMap((step) => sequence(step.commands, step)),
    ...[...others.values()].flatMap((commands) => sequence(commands, null)),
    ...inline.flatMap((command) => sequence([command], null)),
  ];
}

type Placed = Pick<Command, 'text' | 'start' | 'runsIn'>;

function inSequence(
  commands: readonly Placed[],
  step: Step | null,
  knowledge: RuleInput['knowledge'],
): readonly PlacedInput[] {
  const earlier: Call[] = [];
  return commands.map(({ text, start, runsIn }) => {
    const script = readScript(text);
    const input = {
      script,
      start,
      lines: new Lines(text),
      step,
      knowledge,
      earlier: earlier.slice(-LOOK_BACK),
      runsIn,
    };
    earlier.push(...script.calls);
    return input;
  });
}
