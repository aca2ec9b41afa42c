/** What may be trusted and run: a runbook without a procedure has nothing that could be. */
import { RollbookError } from '#shared/contract/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/** Code: `bad-arguments`; `file` is what the caller typed. */
export function mustBeRunnable({ procedures }: Pick<Runbook, 'procedures'>, file: string): void {
  if (procedures.length > 0) return;
  throw new RollbookError(
    'bad-arguments',
    `Nothing in ${file} can be run: no procedure was found in it.`,
    `Give a section a heading such as "## Option 1: Application rollback" and number its steps; see: rollbook show ${file}`,
  );
}
