/** The runbook that an incident is declared with in the terminal: a file that was reviewed, or the bundled one. */
import { resolve } from 'node:path';
import type { OpenRunbook, RunbookSummary } from '#shared/api/calls.ts';
import { type ErrorCode, RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import type { Terminal } from '../terminal.ts';
import { mustBeRunnable } from './trust.ts';
import { invocation } from '../invocation.ts';

export interface RunbookOptions {
  /** The person has read this runbook and wants it run. */
  readonly trust?: boolean;
  /** The file was changed since it was reviewed: run what was reviewed. */
  readonly lastTrusted?: boolean;
}

type Runbooks = OpenCore['services']['runbooks'];

/**
 * The bundled runbook when `file` is left out. Codes: `untrusted`, `bad-arguments` (nothing in it can be run), and those of
 * reading a runbook.
 */
export async function chosenRunbook(
  terminal: Terminal,
  { runbooks, operator }: OpenCore['services'],
  file: string | undefined,
  { trust = false, lastTrusted = false }: RunbookOptions,
): Promise<Pick<OpenRunbook, 'summary' | 'model'>> {
  const found =
    file === undefined
      ? runbooks.bundled()
      : await importOrReviewed(terminal, runbooks, resolve(terminal.cwd, file), lastTrusted);
  const summary = lastTrusted && found.changedFrom !== null ? runbooks.summary(found.changedFrom) : found;
  const { model } = await runbooks.open(summary.hash);
  mustBeRunnable(model, file ?? summary.title);
  if (!summary.trusted && trust) await runbooks.trust(summary.hash, operator);
  else if (!summary.trusted) throw untrusted(summary, file);
  return { summary, model };
}

function untrusted({ title, changedFrom }: RunbookSummary, file: string | undefined): RollbookError {
  return changedFrom === null
    ? new RollbookError(
        'untrusted',
        `${title} was not reviewed on this machine yet.`,
        `Read it (${invocation()} show ${file}), then run it with --trust.`,
      )
    : new RollbookError(
        'untrusted',
        `${title} changed since it was reviewed on this machine.`,
        `See what changed (${invocation()} trust ${file} --show), then run it with --trust; or run what was reviewed with --last-trusted.`,
      );
}

/** The file is gone, or is not a runbook any more. */
const NO_RUNBOOK: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unreadable-file',
  'not-text',
  'too-large',
  'bad-front-matter',
]);

/** The file as it is now; where it cannot be read and that is wanted, what was reviewed of it. */
async function importOrReviewed(
  terminal: Terminal,
  runbooks: Runbooks,
  path: string,
  lastTrusted: boolean,
): Promise<RunbookSummary> {
  try {
    return await runbooks.importFile(path);
  } catch (thrown) {
    if (!lastTrusted || !(thrown instanceof RollbookError) || !NO_RUNBOOK.has(thrown.code)) throw thrown;
    const reviewed = runbooks.lastTrusted(path);
    if (reviewed === null) {
      const advice = `Check the path; or put the file back and review it (${invocation()} trust FILE).`;
      throw new RollbookError(thrown.code, `${thrown.message} No version of it was reviewed on this machine.`, advice);
    }
    terminal.err(`${thrown.message} What is run is the version that was reviewed.\n`);
    return reviewed;
  }
}
