/** `rollbook check FILE`: a runbook held against what is known of the tools. Nothing of it is run. */
import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/truth/check.ts';
import { toSarif } from '#shared/truth/sarif.ts';
import { RULES } from '#shared/truth/rules.ts';
import { RUNBOOK_RULES } from '#shared/truth/runbook-rules.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { programVersion } from '#core/machine.ts';
import { readRunbookFile } from '#core/runbooks/shelf.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';
import { describeFixed, writeFixed } from './check-fix.ts';
import { describeFindings } from './check-text.ts';

export interface CheckOptions {
  readonly json: boolean;
  readonly fix: boolean;
  /** Where the corrected copy goes; beside the runbook by default. */
  readonly output?: string;
  readonly sarif?: string;
}

/** Answers 1 when there is an error or a warning; notes alone are no failure. */
export function check(terminal: Terminal, file: string, options: CheckOptions): ExitCode {
  const path = resolve(terminal.cwd, file);
  const { model, source } = parseRunbook(readRunbookFile(path), file);
  const result = checkRunbook(model, source, { now: Date.now() });
  if (options.sarif !== undefined) {
    const uri = relative(terminal.cwd, path).split(sep).join('/');
    const sarif = toSarif({ result, uri, source, version: programVersion(), rules: [...RULES, ...RUNBOOK_RULES] });
    writeWhole(resolve(terminal.cwd, options.sarif), `${JSON.stringify(sarif, null, 2)}\n`, 'The SARIF file');
  }
  const { cwd } = terminal;
  const fixed = options.fix
    ? writeFixed({ cwd, file, output: options.output, raw: readFileSync(path, 'utf8'), source, result })
    : null;
  const corrected =
    fixed === null ? {} : { fixed: { ...fixed, applied: fixed.applied.length, advice: fixed.advice.length } };
  print(terminal, options.json, { ...result, probed: false, ...corrected }, () =>
    [describeFindings(file, result), ...(fixed === null ? [] : [describeFixed(fixed, cwd)])].join('\n'),
  );
  return result.summary.error + result.summary.warning > 0 ? EXIT.failed : EXIT.ok;
}
