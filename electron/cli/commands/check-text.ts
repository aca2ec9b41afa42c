/** The findings of `rollbook check`, and what --fix wrote, as text for a terminal. */
import { NOT_CHECKED } from '#shared/runbook-check/grammar/known-tools.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import type { ProbedTool, CheckReport, FixedView } from '#shared/runbook-check/check-view.ts';
import { count } from '#shared/words/count.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { relative } from 'node:path';

export function describeFindings(
  file: string,
  { findings, summary, tools, unchecked, askable, missing }: CheckReport,
  every: boolean,
): string {
  const groups = every ? byPlace(file, findings) : byKind(file, findings);
  const { error, warning, note, commands } = summary;
  const counts = `${count(error, 'error')}, ${count(warning + missing.length, 'warning')}, ${count(note, 'note')}`;
  const end =
    commands === 0
      ? `${counts}; no command was found in it, so none was checked.`
      : `${counts} in ${count(commands, 'command')}; ${describeTools(tools)}`;
  return [
    ...groups,
    ...missing.map(
      ({ line, message, fix }) => `\n${file}:${line}\n    warning tool-not-installed: ${message}\n      fix: ${fix}`,
    ),
    `${groups.length + missing.length > 0 ? '\n' : ''}${end}`,
    ...describeUnchecked(unchecked, askable),
  ].join('\n');
}

/** All findings, in the order of the file. */
function byPlace(file: string, findings: readonly Finding[]): readonly string[] {
  const inOrder = findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return [...Map.groupBy(inOrder, ({ line }) => line)].map(([line, found]) =>
    [`\n${file}:${line}`, ...byCommand(found)].join('\n'),
  );
}

/** Lines that are named of the findings of one kind. */
const MOST_LINES = 12;

/** The first finding of each kind, the gravest kind first, with the lines of the others. */
function byKind(file: string, findings: readonly Finding[]): readonly string[] {
  return [...Map.groupBy(findings, ({ severity, rule }) => `${severity} ${rule}`).values()].map((found) => {
    const [first, ...others] = found;
    const lines = [...new Set(others.map(({ line }) => line))];
    const listed = `${lines.slice(0, MOST_LINES).join(', ')}${lines.length > MOST_LINES ? ', ...' : ''}`;
    return [
      `\n${file}:${first?.line ?? 1}`,
      ...byCommand(found.slice(0, 1)),
      ...(others.length === 0
        ? []
        : [
            `    ${count(others.length, 'more finding')} of ${first?.rule ?? ''}, ${lines.length === 1 ? 'line' : 'lines'} ${listed} (--all shows them)`,
          ]),
    ].join('\n');
  });
}

/** Says what was not checked, so that a result without findings is not taken for proof. */
const describeUnchecked = (unchecked: readonly string[], askable: CheckReport['askable']): readonly string[] =>
  unchecked.length === 0
    ? []
    : [
        `Nothing is known of ${unchecked.join(', ')}: whether their commands exist was not looked at.`,
        ...(askable.length === 0 ? ['None of them is installed here as a program that could be asked.'] : []),
        ...askable.map(
          ({ tool, path, runs, changed }) =>
            `"--approve ${tool}" asks ${path} for its help${changed ? ' (it changed since it was approved)' : ''}: ${runs.join(', ')}`,
        ),
      ];

/** Which binaries were asked, and which could not be. */
function describeTools(tools: readonly ProbedTool[]): string {
  const asked = tools.filter(({ why }) => why === null);
  if (asked.length === 0) return `${NOT_CHECKED}.`;
  return [
    'checked against:',
    ...tools.map(({ tool, path, version, why }) =>
      why === null ? `  ${tool}: ${path} ${version}` : `  ${tool}: ${NOT_CHECKED} (${why})`,
    ),
  ].join('\n');
}

/** Each command once, with all that was found about it. */
function byCommand(findings: readonly Finding[]): readonly string[] {
  return [...Map.groupBy(findings, ({ command }) => command)].flatMap(([command, found]) => [
    ...(command === ''
      ? []
      : visibleCommand(command)
          .split('\n')
          .map((line) => `  ${line}`)),
    ...found.flatMap(describeFinding),
  ]);
}

function describeFinding({ severity, rule, message, fix }: Finding): readonly string[] {
  const [first = '', ...more] = visibleCommand(fix ?? '').split('\n');
  return [
    `    ${severity} ${rule}: ${message}`,
    ...(first === '' ? [] : [`      fix: ${first}`, ...more.map((line) => `           ${line}`)]),
  ];
}

/** What was changed, each with its source, and how much is left to a person. */
export function describeFixed({ path, diffPath, applied, advice }: FixedView, cwd: string): string {
  const shown = (file: string): string => relative(cwd, file) || file;
  return [
    '',
    `Wrote ${shown(path)} and ${shown(diffPath)}: ${applied.length} corrected, ${advice.length} left to you.`,
    ...applied.map(({ line, rule, source }) => `  line ${line}: ${rule} (${source ?? 'no source'})`),
  ].join('\n');
}
