/** Dumps the affected tables to a private file before the SQL runs, and proves the dump by listing it (rule 9). */
import {
  dumpedWords,
  tablesInDump,
  listDumpArguments,
  dumpArguments,
  HISTORY_TABLE,
} from '#shared/platforms/postgres/queries.ts';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { postCondition, verified, withoutChange } from '#shared/incident/outcome-contract.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import type { Ran } from '#core/engine/run-command.ts';
import { failedRead } from '#core/engine/run-reads.ts';
import { runClient } from '#core/platforms/postgres/client.ts';
import { countBefore, readCatalogue } from '#core/platforms/postgres/readings.ts';
import { mustBeIdentified } from './identify-database.ts';
import type { StepEffects } from './step-effects.ts';

/** A dump only reads, so it has a time limit. Large tables take long. */
const DUMP_LIMIT_MS = 60 * 60_000;

export const dumpTables: StepEffects = { read: dump, gates: { read: mustBeIdentified } };

/** Ends the step as `verified`. On an error the step stays open and the file is removed. */
async function dump(context: IncidentContext, step: Step, actor: string): Promise<void> {
  const { choice } = context.eventLog.state.database;
  if (choice === null) {
    throw new RollbookError('not-allowed', 'No migration was chosen yet.', 'Choose the migration to undo.');
  }
  const catalogue = await readCatalogue(context, step, actor);
  // Tables that the file creates do not exist yet. The migration history is dumped too.
  const tables = [...choice.sql.affected.filter((table) => catalogue.includes(table)), HISTORY_TABLE];
  const path = await privateFile(context, choice.version);
  try {
    const dumped = await runClient(
      context,
      step,
      { name: 'dump', tool: 'pg_dump', args: dumpArguments(tables, path), timeoutMs: DUMP_LIMIT_MS },
      actor,
    );
    mustSucceed(context, dumped, 'pg_dump');
    const listing = await runClient(
      context,
      step,
      { name: 'list', tool: 'pg_restore', args: listDumpArguments(path) },
      actor,
    );
    mustSucceed(context, listing, 'pg_restore -l');
    const held = tablesInDump(listing.stdout);
    const missing = tables.filter((table) => !held.includes(table));
    const detail = 'pg_restore lists every table.';
    const proof = postCondition([{ rule: 'dump-holds-tables', met: missing.length === 0, detail }]);
    if (proof.kind !== 'met') {
      throw new RollbookError(
        'environment',
        `The dump can be read but does not hold ${missing.join(', ')}.`,
        'Look at the output of pg_dump, then dump again; or go on without and say why.',
      );
    }
    const counts = await countBefore(context, step, ROLLBOOK, catalogue);
    const proven = { stepId: step.id, path, bytes: (await stat(path)).size, sha256: await sha256Of(path), tables };
    const observed = `${dumpedWords(tables)}, ${proven.bytes} bytes in ${path}`;
    await context.eventLog.append(ROLLBOOK, [
      { kind: 'dump.proven', payload: proven },
      { kind: 'rows.counted', payload: { stepId: step.id, counts } },
      {
        kind: 'step.ended',
        payload: {
          stepId: step.id,
          outcome: verified(withoutChange('it only reads'), proof),
          reason: detail,
          observed,
          dueAt: null,
        },
      },
    ]);
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  }
}

/** Creates the file with mode 0600 before pg_dump writes to it. Code: `store-unwritable`. */
async function privateFile(context: IncidentContext, version: string): Promise<string> {
  const folder = join(context.dumps, context.incidentId);
  const path = join(folder, `${version.replaceAll(/[^\w-]/g, '_').slice(0, 80)}-${context.newId()}.dump`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await open(path, 'wx', 0o600)).close();
  } catch (thrown) {
    throw new RollbookError(
      'store-unwritable',
      `${path} could not be made: ${String(thrown)}`,
      'Free the disk or folder.',
    );
  }
  return path;
}

function mustSucceed(context: IncidentContext, { exit, runId }: Ran, what: string): void {
  if (exit.kind !== 'code' || exit.code !== 0) throw failedRead(context, runId, what);
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
