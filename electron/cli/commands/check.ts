/** `rollbook check FILE`: a runbook held against what is known of the tools. Nothing of it is run. */
import { resolve } from 'node:path';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/truth/check.ts';
import type { CheckResult, Finding } from '#shared/truth/finding.ts';
import { readRunbookFile } from '#core/runbooks/shelf.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

/** Answers 1 when there is an error or a warning; notes alone are no failure. */
export function check(terminal: Terminal, file: string, json: boolean): ExitCode {
  const { model, source } = parseRunbook(readRunbookFile(resolve(terminal.cwd, file)), file);
  const result = checkRunbook(model, source, { now: Date.now() });
  print(terminal, json, { ...result, probed: false }, () => describe(file, result));
  return result.summary.error + result.summary.warning > 0 ? EXIT.failed : EXIT.ok;
}

function describe(file: string, { findings, summary }: CheckResult): string {
  const byLine = Map.groupBy(findings, ({ line }) => line);
  const groups = [...byLine].map(([line, found]) => [`\n${file}:${line}`, ...byCommand(found)].join('\n'));
  const { error, warning, note, commands } = summary;
  const counts = `${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(note, 'note')} in ${plural(commands, 'command')}`;
  return [...groups, `${groups.length > 0 ? '\n' : ''}${counts}; not checked against your binary.`].join('\n');
}

/** Each command once, with all that was found about it. */
function byCommand(findings: readonly Finding[]): readonly string[] {
  return [...Map.groupBy(findings, ({ command }) => command)].flatMap(([command, found]) => [
    ...command.split('\n').map((line) => `  ${line}`),
    ...found.flatMap(describeFinding),
  ]);
}

function describeFinding({ severity, rule, message, fix }: Finding): readonly string[] {
  const [first = '', ...more] = (fix ?? '').split('\n');
  return [
    `    ${severity} ${rule}: ${message}`,
    ...(first === '' ? [] : [`      fix: ${first}`, ...more.map((line) => `           ${line}`)]),
  ];
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
