import type { Runbook } from '../runbook/model.ts';
import { Lines } from '../runbook/place.ts';
import type { Knowledge } from './grammar/knowledge.ts';
import { type CheckResult, type Finding, type FindingSeverity, SEVERITIES, type SourceEdit } from './finding.ts';
import type { Edit, Problem, Rule } from './rule.ts';
import { RULES } from './rules.ts';
import type { RunbookProblem, RunbookRule } from './runbook-rule.ts';
import { RUNBOOK_RULES } from './runbook-rules.ts';
import { type PlacedScene, scenesOf } from './scenes.ts';
import { uncheckedTools } from './unchecked.ts';

export interface CheckOptions {
  /** ms since the epoch, for rules about dates; without it they say nothing. */
  readonly now?: number;
  /** What is known of the tools; the tables of known versions by default. */
  readonly knowledge?: ReadonlyMap<string, Knowledge>;
}

/**
 * Holds a runbook and every command of it against the static rules; nothing is run.
 * @param source the repaired text the model's positions are in.
 */
export function checkRunbook(model: Runbook, source: string, { now, knowledge }: CheckOptions = {}): CheckResult {
  const lines = new Lines(source);
  const scenes = scenesOf(model, source, knowledge);
  const ofCommands = scenes.flatMap((scene) =>
    RULES.flatMap((rule) => rule.check(scene).map((problem) => findingOf(rule, problem, scene, source, lines))),
  );
  const whole = { model, source, now: now ?? null };
  const ofRunbook = RUNBOOK_RULES.flatMap((rule) =>
    rule.check(whole).map((problem) => findingOfRunbook(rule, problem, source, lines)),
  );
  const findings = [...ofCommands, ...ofRunbook];
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  const count = (severity: FindingSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const [error, warning, note] = SEVERITIES.map(count);
  return {
    findings,
    summary: { error: error ?? 0, warning: warning ?? 0, note: note ?? 0, commands: scenes.length },
    unchecked: uncheckedTools(scenes),
  };
}

function findingOf(
  rule: Rule,
  { at, shown, message, fix, edits, checked, source: fact }: Problem,
  scene: PlacedScene,
  source: string,
  lines: Lines,
): Finding {
  const { script } = scene;
  // Of a long script the call itself is shown, or the line.
  const call = script.calls.findLast(({ pos, end }) => pos <= at.pos && at.end <= end);
  return {
    rule: rule.name,
    severity: rule.severity,
    ...placeOf(at.pos, scene, source, lines),
    command: shown ?? call?.text ?? script.text.slice(at.pos, at.end),
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(edits === undefined || edits.length === 0
      ? {}
      : { edits: edits.map((edit) => editOf(edit, scene, source, lines)) }),
    ...(fact === undefined ? {} : { source: fact }),
    ...(checked === undefined ? {} : { checked }),
  };
}

function editOf({ pos, end, text }: Edit, scene: PlacedScene, source: string, lines: Lines): SourceEdit {
  const offset = (at: number): number => {
    const { line, column } = placeOf(at, scene, source, lines);
    return lines.startOf(line) + column - 1;
  };
  return { start: offset(pos), end: offset(end), text };
}

function findingOfRunbook(
  rule: RunbookRule,
  { start, end, shown, message, fix, source: fact }: RunbookProblem,
  source: string,
  lines: Lines,
): Finding {
  const line = lines.lineOf(start);
  return {
    rule: rule.name,
    severity: rule.severity,
    line,
    column: start - lines.startOf(line) + 1,
    command: shown ?? source.slice(start, end).split('\n')[0]?.trim() ?? '',
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(fact === undefined ? {} : { source: fact }),
  };
}

/** A fence in a list stands indented in the source, so only lines can be counted through; the column is found again. */
function placeOf(
  pos: number,
  { script, start, lines: own }: PlacedScene,
  source: string,
  lines: Lines,
): Pick<Finding, 'line' | 'column'> {
  const ownLine = own.lineOf(pos);
  const line = lines.lineOf(start) + ownLine - 1;
  const from = lines.startOf(line);
  const offset = pos - own.startOf(ownLine);
  if (ownLine === 1) return { line, column: start - from + offset + 1 };
  const written = script.text.slice(own.startOf(ownLine), own.startOf(ownLine + 1)).trimEnd();
  const indent = Math.max(0, source.slice(from, lines.startOf(line + 1)).indexOf(written));
  return { line, column: indent + offset + 1 };
}
