/** The commands of a runbook as rules need them: parsed, each with its step and the calls before it. */
import type { Block, Command, Runbook, Step } from '../runbook/model.ts';
import { Lines } from '../runbook/place.ts';
import { KNOWN } from './grammar/known-tools.ts';
import { type Call, readScript } from './script.ts';
import { definitionOf } from '../steps/registry.ts';
import { LOOK_BACK, type RuleInput } from './rule.ts';
import { isKnownTool } from '../effects/effect.ts';
import { serviceCommands } from '../runbook/services.ts';

export interface PlacedInput extends RuleInput {
  /** Offset of the script's text in the source. */
  readonly start: number;
  /** The lines of the script's text. */
  readonly lines: Lines;
  /** It stands in the front matter: a change of its text could break the YAML around it. */
  readonly inYaml?: true;
}

/** Commands of steps, of other code blocks, of the front matter, and inline ones that a sentence tells the reader to run. */
export function inputsOf(
  model: Runbook,
  source: string,
  knowledge: RuleInput['knowledge'] = KNOWN,
): readonly PlacedInput[] {
  const sequence = (commands: readonly Placed[], step: Step | null): readonly PlacedInput[] =>
    inSequence(commands, step, source, knowledge);
  const steps = model.procedures.flatMap((procedure) => procedure.steps);
  const others = Map.groupBy(model.otherCommands, ({ id }) => id.slice(0, id.lastIndexOf('#')));
  const inline = inlineCommands(model.blocks, source);
  return [
    ...steps.flatMap((step) => sequence(step.commands, step)),
    ...[...others.values()].flatMap((commands) => sequence(commands, null)),
    ...inline.flatMap((command) => sequence([command], null)),
    ...declaredOf(model, source, knowledge),
  ];
}

/** The commands that the front matter declares for a service. What they print decides, and nobody is asked for a blank. */
function declaredOf(model: Runbook, source: string, knowledge: RuleInput['knowledge']): readonly PlacedInput[] {
  let reached = 0;
  return serviceCommands(model.settings).map(({ text, service }) => {
    // In the order of the front matter, as a rule; a text that YAML wraps or escapes is placed at its service.
    const at = [source.indexOf(text, reached), source.indexOf(text), source.indexOf(`${service}:`)].find(
      (each) => each >= 0,
    );
    const start = at ?? 0;
    reached = source.startsWith(text, start) ? start + text.length : reached;
    const script = readScript(text);
    return { script, start, lines: new Lines(text), step: null, knowledge, earlier: [], decides: true, inYaml: true };
  });
}

type Placed = Pick<Command, 'text' | 'start' | 'runsIn' | 'proves'> & Partial<Pick<Command, 'written' | 'left'>>;

function inSequence(
  commands: readonly Placed[],
  step: Step | null,
  source: string,
  knowledge: RuleInput['knowledge'],
): readonly PlacedInput[] {
  const earlier: Call[] = [];
  return commands.map(({ text: filled, written, left, start, runsIn, proves }, index) => {
    const text = written ?? filled;
    const script = readScript(text);
    const next = commands[index + 1];
    const input = {
      script,
      start,
      lines: new Lines(text),
      step,
      knowledge,
      earlier: earlier.slice(-LOOK_BACK),
      runsIn,
      followed: next !== undefined && !/^[ \t>]*(?:`{3}|~{3})/m.test(source.slice(start + text.length, next.start)),
      blanks: step === null ? ('read-only' as const) : new Set(left),
      decides: proves !== undefined || (step !== null && definitionOf(step).takesWatch === true),
    };
    earlier.push(...script.calls);
    return input;
  });
}

/** A command outside code blocks that the text tells the reader to run: "Check the secrets: `fly secrets list`". */
interface InlineCommand {
  readonly text: string;
  /** Offset in the source. */
  readonly start: number;
}

/** After a colon at the end of a line, or after "run": elsewhere the command is only mentioned. */
const TOLD = /(?::|\b(?:run|execute|type))\s+`([^`\n]+)`\s*(?:[.;]\s*)?$|\b(?:run|execute)\s+`([^`\n]+)`/dgim;

function inlineCommands(blocks: readonly Block[], source: string): readonly InlineCommand[] {
  return blocks
    .filter(({ kind }) => kind === 'list' || kind === 'paragraph')
    .flatMap(({ start, end }) =>
      [...withoutFences(source.slice(start, end)).matchAll(TOLD)].flatMap((match) => {
        const text = match[1] ?? match[2] ?? '';
        const [at] = match.indices?.[1] ?? match.indices?.[2] ?? [0];
        return isKnownTool(/^\S+/.exec(text)?.[0] ?? '') && /\s/.test(text) ? [{ text, start: start + at }] : [];
      }),
    );
}

/** Replaces code blocks inside lists by spaces, so that offsets stay valid. */
function withoutFences(text: string): string {
  return text.replace(/^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[^\n]*$|$(?![\s\S]))/gm, (fence) =>
    fence.replace(/[^\n]/g, ' '),
  );
}
