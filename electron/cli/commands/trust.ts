/** `rollbook trust FILE`: a person has reviewed this runbook; from now on it may run on this machine. */
import { resolve } from 'node:path';
import type { RunbookSummary } from '#shared/api/calls.ts';
import type { CheckResult } from '#shared/runbook-check/finding.ts';
import { unifiedDiff, withSameLineEnds } from '#shared/runbook-check/unified-diff.ts';
import { count } from '#shared/words/count.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, printExact, type Terminal } from '../terminal.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { invocation } from '../invocation.ts';

export interface TrustOptions {
  /** Only print what changed since the last review; exit 1 while that is to be reviewed. */
  readonly show: boolean;
  readonly json: boolean;
}

export async function trust(
  terminal: Terminal,
  core: OpenCore,
  file: string,
  { show, json }: TrustOptions,
): Promise<ExitCode> {
  const { runbooks, operator } = core.services;
  const { hash, trusted, changedFrom } = await runbooks.importFile(resolve(terminal.cwd, file));
  if (show) {
    const reviewed = changedFrom === null ? '' : (await runbooks.open(changedFrom)).source;
    const { before, after, changed } = withSameLineEnds(reviewed, (await runbooks.open(hash)).source);
    const lineEnds = changedFrom === null ? null : changed;
    const diff = trusted ? '' : unifiedDiff(before, after, { from: 'reviewed', to: file });
    printExact(terminal, json, { hash, trusted, changedFrom, lineEnds, diff }, () =>
      trusted
        ? 'Nothing changed.'
        : [lineEnds, visibleCommand(diff.trimEnd())].filter((part) => part !== null && part !== '').join('\n'),
    );
    return trusted ? EXIT.ok : EXIT.failed;
  }
  mustBeRunnable((await runbooks.open(hash)).model, file);
  const { summary, missing } = await core.services.checks.check(hash, false);
  const findings = { ...summary, warning: summary.warning + missing.length };
  // Printed before it is trusted: the reviewer should know what the check found.
  if (!json) terminal.out(`${findingsText(findings, file)}\n`);
  await runbooks.trust(hash, operator);
  print(terminal, json, { ...runbooks.summary(hash), findings }, trustText);
  return EXIT.ok;
}

function findingsText({ error, warning }: CheckResult['summary'], file: string): string {
  if (error + warning === 0) return 'The check found no error and no warning in it.';
  return `The check found ${count(error, 'error')} and ${count(warning, 'warning')} in it. See them: ${invocation()} check ${file}`;
}

const trustText = ({ title, name, hash }: RunbookSummary): string =>
  `${title} (${name}) may run here now. If the file changes by one byte, it asks again.\nsha256 ${hash}`;

/** Code: `bad-arguments`; `file` is what the caller typed. */
export function mustBeRunnable({ procedures }: Pick<Runbook, 'procedures'>, file: string): void {
  if (procedures.length > 0) return;
  throw new RollbookError(
    'bad-arguments',
    `Nothing in ${file} can be run: no procedure was found in it.`,
    `Give a section a heading such as "## Option 1: Application rollback" and number its steps; see: ${invocation()} show ${file}`,
  );
}
