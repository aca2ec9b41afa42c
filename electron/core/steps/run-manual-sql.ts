/** A reviewed file that corrects a database by hand: one transaction, with the same refusals as a rollback (rule 9). */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manualArguments } from '#shared/platforms/postgres/queries.ts';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { clientEnvironment } from '#core/platforms/postgres/connection.ts';
import { readCatalogue } from '#core/platforms/postgres/readings.ts';
import { mustBeAlone, mustBeSameTarget } from './run-rollback-sql.ts';
import { mustBeIdentified } from './identify-database.ts';
import type { StepEffects } from './step-effects.ts';
import { readSqlFile } from '#core/platforms/postgres/sql-file.ts';

export const runManualSql: StepEffects = { change: runFile, look: proveTables, gates: { change: mustBeIdentified } };

/** Codes: `not-allowed` (the file, another session), `conflict` (the database), and those of runCommand. */
async function runFile(context: IncidentContext, step: Step, command: Command, actor: string): Promise<Ran> {
  const file = fileOf(context, command);
  const { text, sha256 } = readSqlFile(context, file);
  const found = refusals(text);
  if (found.length > 0) {
    const list = found.map(({ line, what, why }) => `line ${line}: ${what} (${why})`).join('; ');
    throw new RollbookError(
      'not-allowed',
      `${file} cannot be run in one transaction. ${list}. Nothing was run.`,
      'Correct the file and have it reviewed again.',
    );
  }
  await mustBeSameTarget(context, step);
  await mustBeAlone(context, step);
  const { gone, exists } = sqlFacts(text);
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'sql.chosen', payload: { stepId: step.id, file, sha256, gone: [...gone], exists: [...exists] } },
  ]);
  const folderName = `sql-${context.newId()}`;
  const copy = join(await context.folders.make(folderName), 'manual.sql');
  try {
    await writeFile(copy, text, { mode: 0o600, flag: 'wx' });
    const psql = {
      ...command,
      text: shellQuote(['psql', ...manualArguments(copy)]),
      form: 'words',
      effect: 'change',
    } as const;
    return await runCommand(context, step, psql, actor, { environment: clientEnvironment(context) });
  } finally {
    await context.folders.remove(folderName);
  }
}

/** The value of the variable that stands behind `-f`. */
function fileOf({ eventLog }: IncidentContext, { text }: Command): string {
  const name = /-f\s+"?\$\{?(\w+)/.exec(text)?.[1] ?? '';
  const value = eventLog.state.branches.values[name]?.value;
  if (value != null) return value;
  throw new RollbookError('bad-arguments', `Which file is run is not said ($${name}).`, 'Give it first.');
}

/** What the file says must be gone or there; null when it says nothing that could be looked for. */
async function proveTables(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'> | null> {
  const { sql } = context.eventLog.state.branches;
  if (sql === null || sql.gone.length + sql.exists.length === 0) return null;
  const catalogue = await readCatalogue(context, step, ROLLBOOK);
  const findings = [
    ...sql.gone.map((table) =>
      finding(`gone ${table}`, !catalogue.includes(table), `${table} is gone`, `${table} is still there`),
    ),
    ...sql.exists.map((table) =>
      finding(`exists ${table}`, catalogue.includes(table), `${table} is there`, `${table} is missing`),
    ),
  ];
  return { stepId: step.id, met: findings.every(({ met }) => met), before: [], after: [], findings };
}

const finding = (rule: string, met: boolean, good: string, wrong: string) => ({
  rule,
  met,
  detail: `${met ? good : wrong}.`,
});
