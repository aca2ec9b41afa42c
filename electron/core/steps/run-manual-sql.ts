/** Runs a reviewed SQL file that corrects a database, in one transaction, with the same refusals as a rollback (rule 9). */
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { manualArguments } from '#shared/platforms/postgres/queries.ts';
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import type { Ran } from '#core/engine/run-command.ts';
import { runSqlCopy } from '#core/platforms/postgres/client.ts';
import { readCatalogue } from '#core/platforms/postgres/readings.ts';
import { mustFitOneTransaction, readSqlFile } from '#core/platforms/postgres/sql-file.ts';
import { mustBeIdentified } from './identify-database.ts';
import { mustBeAlone, mustBeSameTarget } from './run-rollback-sql.ts';
import type { StepEffects } from './step-effects.ts';

export const runManualSql: StepEffects = { change: runFile, look: proveTables, gates: { change: mustBeIdentified } };

/** Codes: `not-allowed` (the file, another session), `conflict` (the database), and those of runCommand. */
async function runFile(context: IncidentContext, step: Step, command: Command, actor: string): Promise<Ran> {
  const file = fileOf(context, command);
  const { text, sha256 } = readSqlFile(context, file);
  mustFitOneTransaction(text, file);
  await mustBeSameTarget(context, step);
  await mustBeAlone(context, step);
  const { gone, exists } = sqlFacts(text);
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'sql.chosen', payload: { stepId: step.id, file, sha256, gone: [...gone], exists: [...exists] } },
  ]);
  return await runSqlCopy(
    context,
    step,
    { ...command, tool: 'psql' },
    { name: 'manual.sql', text, argumentsFor: manualArguments },
    actor,
  );
}

/** The value of the variable behind `-f`. Code: `bad-arguments` when it has none. */
function fileOf({ eventLog }: IncidentContext, { text }: Command): string {
  const name = /-f\s+"?\$\{?(\w+)/.exec(text)?.[1] ?? '';
  const value = eventLog.state.branches.values[name]?.value;
  if (value != null) return value;
  throw new RollbookError('bad-arguments', `The SQL file is not set ($${name}).`, 'Enter it first.');
}

/** Checks the tables that the file says must be gone or exist; null: it names none. */
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
