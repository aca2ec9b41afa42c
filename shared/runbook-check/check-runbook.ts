import type { Runbook } from '../runbook/model.ts';
import { callAround } from './script.ts';
import type { Knowledge } from './grammar/known-tools.ts';
import { type CheckResult, type Finding, type FindingSeverity, SEVERITIES, type SourceEdit } from './finding.ts';
import type { Edit, Problem, Rule, RunbookProblem, RunbookRule } from './rule.ts';
import { RULES, RUNBOOK_RULES } from './registry.ts';
import { byGravity } from './gravity.ts';
import { Places } from './places.ts';
import { type PlacedInput, inputsOf } from './rule-inputs.ts';
import { uncheckedTools } from './programs.ts';

export interface CheckOptions {
  /** ms since the epoch; without it, rules about dates report nothing. */
  readonly now?: number;
  /** The commands of the tools; by default the tables of known versions. */
  readonly knowledge?: ReadonlyMap<string, Knowledge>;
}

/**
 * Checks a runbook and each of its commands against all rules; nothing is run.
 * @param source the repaired text the model's positions are in.
 */
export function checkRunbook(model: Runbook, source: string, { now, knowledge }: CheckOptions = {}): CheckResult {
  const places = new Places(source);
  const inputs = inputsOf(model, source, knowledge);
  const ofCommands = inputs.flatMap((input) =>
    RULES.flatMap((rule) => firstOf(rule.check(input)).map((problem) => findingOf(rule, problem, input, places))),
  );
  const whole = { model, source, now: now ?? null };
  const ofRunbook = RUNBOOK_RULES.flatMap((rule) =>
    rule.check(whole).map((problem) => findingOfRunbook(rule, problem, places)),
  );
  const findings = [...ofCommands, ...ofRunbook];
  findings.sort(byGravity);
  const count = (severity: FindingSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const [error, warning, note] = SEVERITIES.map(count);
  return {
    findings,
    summary: { error: error ?? 0, warning: warning ?? 0, note: note ?? 0, commands: inputs.length },
    unchecked: uncheckedTools(inputs),
  };
}

/** Findings of one rule in one command: a script of 20,000 characters may have thousands. */
const MOST_OF_ONE_RULE = 100;

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MOST_OF_ONE_RULE;
  if (more <= 0) return problems;
  return problems
    .slice(0, MOST_OF_ONE_RULE)
    .map((problem, index) =>
      index < MOST_OF_ONE_RULE - 1
        ? problem
        : { ...problem, message: `${problem.message} There are ${more} more of these in this command.` },
    );
}

function findingOf(
  rule: Rule,
  { at, shown, message, severity, fix, edits, checked, source: fact }: Problem,
  input: PlacedInput,
  places: Places,
): Finding {
  const { script } = input;
  // For a long script, show only the call.
  const call = callAround(script, at);
  return {
    rule: rule.name,
    severity: severity ?? rule.severity,
    ...places.of(input, at.pos),
    command: shown ?? call?.text ?? script.text.slice(at.pos, at.end),
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(edits === undefined || edits.length === 0 || input.inYaml === true
      ? {}
      : { edits: edits.map((edit) => editOf(edit, input, places)) }),
    ...(fact === undefined ? {} : { source: fact }),
    ...(checked === undefined ? {} : { checked }),
  };
}

const editOf = ({ pos, end, text }: Edit, input: PlacedInput, places: Places): SourceEdit => ({
  start: places.offsetOf(input, pos),
  end: places.offsetOf(input, end),
  text,
});

function findingOfRunbook(
  rule: RunbookRule,
  { start, end, shown, message, severity, fix, source: fact }: RunbookProblem,
  { source, lines }: Places,
): Finding {
  const line = lines.lineOf(start);
  return {
    rule: rule.name,
    severity: severity ?? rule.severity,
    line,
    column: start - lines.startOf(line) + 1,
    command: shown ?? source.slice(start, end).split('\n', 1)[0]?.trim() ?? '',
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(fact === undefined ? {} : { source: fact }),
  };
}
