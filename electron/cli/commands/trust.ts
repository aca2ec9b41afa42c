/** `rollbook trust FILE`: a person has reviewed this runbook; from now on it may run on this machine. */
import { resolve } from 'node:path';
import type { RunbookSummary } from '#shared/contract/calls.ts';
import { unifiedDiff } from '#shared/truth/unified-diff.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

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
    const before = changedFrom === null ? '' : runbooks.open(changedFrom).source;
    const diff = trusted ? '' : unifiedDiff(before, runbooks.open(hash).source, { from: 'reviewed', to: file });
    print(terminal, json, { hash, trusted, changedFrom, diff }, () => (trusted ? 'Nothing changed.' : diff.trimEnd()));
    return trusted ? EXIT.ok : EXIT.failed;
  }
  await runbooks.trust(hash, operator);
  print(terminal, json, runbooks.open(hash).summary, trustText);
  return EXIT.ok;
}

const trustText = ({ title, name, hash }: RunbookSummary): string =>
  `${title} (${name}) may run here now. If the file changes by one byte, it asks again.\nsha256 ${hash}`;
