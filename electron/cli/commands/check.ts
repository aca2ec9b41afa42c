/** `rollbook check FILE`: checks a runbook's commands against the installed tools, or against known versions. It runs none of them. */
import { userInfo } from 'node:os';
import { dirname, relative, resolve, sep } from 'node:path';
import { toSarif } from '#shared/runbook-check/sarif.ts';
import { RULES, RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { dataFolder, programVersion } from '#core/this-machine.ts';
import { childEnvironment } from '#core/runner/environment.ts';
import { systemClock } from '#core/system-ports.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { checkWithTools } from '#core/runbook-check/check-file.ts';
import { writeFixed } from '#core/runbook-check/write-fixed.ts';
import { readRunbookFile } from '#core/runbooks/read-runbook-file.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { print, type Terminal } from '../terminal.ts';
import { approvePrograms, rememberedPrograms } from './check-approved.ts';
import { describeFixed, describeFindings } from './check-text.ts';

export interface CheckOptions {
  readonly json: boolean;
  /** Print every finding, instead of the first of each kind with a count. */
  readonly all: boolean;
  readonly fix: boolean;
  /** Where the corrected copy goes; beside the runbook by default. */
  readonly output?: string;
  readonly sarif?: string;
  /** Whether the installed tools are asked for their help. */
  readonly probe: boolean;
  /** Further programs that may be asked from now on. */
  readonly approve: readonly string[];
}

/**
 * Answers 1 when there is an error or a warning, a program is missing, or there was no command to check; notes alone are no
 * failure.
 */
export async function check(terminal: Terminal, file: string, options: CheckOptions): Promise<ExitCode> {
  const sarifPath = options.sarif === undefined ? null : outputPath(terminal, options.sarif, file);
  const fixedPath = options.output === undefined ? null : outputPath(terminal, options.output);
  const path = resolve(terminal.cwd, file);
  const raw = readRunbookFile(path);
  const { model, source } = await inThread('parse', { raw, name: file }, file);
  const environment = childEnvironment(process.env);
  const folder = dataFolder(process.env);
  const ownFolders = [dirname(path)];
  const by = process.env['ROLLBOOK_OPERATOR'] ?? userInfo().username;
  const approved =
    options.approve.length > 0
      ? await approvePrograms(options.approve, { folder, ownFolders, environment, by })
      : options.probe
        ? await rememberedPrograms(folder)
        : [];
  const result = await checkWithTools(model, source, {
    clock: systemClock(),
    environment,
    name: file,
    dataFolder: folder,
    ownFolders,
    approved,
    probe: options.probe,
  });
  if (sarifPath !== null) {
    const uri = relative(terminal.cwd, path).split(sep).join('/');
    const sarif = toSarif({ result, uri, source, version: programVersion(), rules: [...RULES, ...RUNBOOK_RULES] });
    writeWhole(sarifPath, `${JSON.stringify(terminal.door.value(sarif), null, 2)}\n`, 'The SARIF file');
  }
  const { cwd } = terminal;
  const fixed = options.fix
    ? await writeFixed({
        original: path,
        output: fixedPath,
        raw: raw.toString('utf8'),
        source,
        result,
      })
    : null;
  const corrected =
    fixed === null ? {} : { fixed: { ...fixed, applied: fixed.applied.length, advice: fixed.advice.length } };
  print(terminal, options.json, { ...result, ...corrected }, () =>
    [describeFindings(file, result, options.all), ...(fixed === null ? [] : [describeFixed(fixed, cwd)])].join('\n'),
  );
  const { error, warning, commands } = result.summary;
  return error + warning + result.missing.length > 0 || commands === 0 ? EXIT.failed : EXIT.ok;
}
