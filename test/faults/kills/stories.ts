/** The three stories that are killed: a drill, a live rollback with real processes, and one of a real database. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { sha256 } from '#core/store/sha256.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { databaseRunbook } from '../../fixtures/database-runbook.ts';
import { prependPath, withVariables } from '../../fixtures/environment.ts';
import { AFTER, BAD, BEFORE, brokenDatabase, GOOD_SQL, looks } from '../../fixtures/hotdash-database.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import type { Postgres } from '../../tools/postgres.ts';
import { simulatedPath } from '../../tools/simulated-path.ts';
import type { Act } from '../dying/errand.ts';
import { isDeployed, notedClients, recordedFly, CLOUD } from './logged-tools.ts';
import type { Story } from './story.ts';

const SERVICE = 'hotdash-agent-service';
/** The release that the scenario goes back to. */
const GOOD = 9;

export function drillStory(scenario: string): Story {
  const at = Date.now();
  return {
    name: `drill ${scenario}`,
    time: { kind: 'virtual', at },
    // A drill of an hour and a half at 600 times its speed.
    timeAfter: { kind: 'virtual', at: at + 10_000 },
    begin: { kind: 'drill', scenario, intentId: ulid() },
    acts: 'autopilot',
    isChanged: () => Promise.resolve(null),
  };
}

/** `folder`: of the test, for the programs, which are found on PATH until the test ends. */
export async function liveRollback(folder: string): Promise<Story> {
  const simulated = await simulatedPath({ scenario: 'app-rollback', speed: 'stepping', startAt: 'now' });
  const image = simulated.cloud.read().releases.find(({ version }) => version === GOOD)?.imageRef ?? '';
  const bin = join(folder, 'bin');
  await recordedFly(bin, simulated, SERVICE, image);
  await simulated.stop();
  prependPath(bin);
  withVariables({ [CLOUD]: undefined });
  const markdown = liveRunbook(await healthyAddress()).replaceAll('timeout=15s', 'timeout=300s');
  const runbook = written(folder, markdown);
  const { choose, deploy, confirm } = {
    choose: runbook.step('choose-release'),
    deploy: runbook.step('deploy-release'),
    confirm: runbook.step('confirm-effective'),
  };
  const time = { kind: 'accelerated', by: 20, since: Date.now() } as const;
  return {
    name: 'live rollback',
    time,
    timeAfter: time,
    begin: {
      kind: 'live',
      runbook: runbook.file,
      service: SERVICE,
      detectedAt: simulated.scenario.detectedAt,
      intentId: ulid(),
    },
    acts: asActs([
      { kind: 'run-reads', stepId: choose.id },
      { kind: 'choose-release', stepId: choose.id, version: GOOD, immediate: false },
      { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' },
      { kind: 'run-reads', stepId: confirm.id },
      { kind: 'confirm-symptom-gone', observed: 'all pages answer' },
      { kind: 'resolve', summary: 'rolled back' },
    ]),
    isChanged: ({ cloud }) => Promise.resolve(isDeployed(cloud)),
  };
}

export async function databaseRollback(folder: string, pg: Postgres): Promise<Story> {
  const database = await brokenDatabase(pg);
  const bin = join(folder, 'bin');
  notedClients(bin, pg.bin);
  prependPath(bin);
  withVariables({ DATABASE_URL: pg.url(database), [CLOUD]: undefined });
  const runbook = written(folder, databaseRunbook(database));
  const sqlFile = join(folder, 'rollback.sql');
  writeFileSync(sqlFile, GOOD_SQL);
  const id = (kind: StepKind): string => runbook.step(kind).id;
  const change = runbook.step('run-rollback-sql');
  const time = { kind: 'accelerated', by: 20, since: Date.now() } as const;
  const kept = (name: string): string => `${database}_${name}`;
  const copied = async (from: string, to: string): Promise<void> => {
    await pg.sql('postgres', `drop database if exists ${to} with (force)`);
    await pg.sql('postgres', `create database ${to} template ${from}`);
  };
  return {
    name: 'database rollback',
    time,
    timeAfter: time,
    begin: { kind: 'live', runbook: runbook.file, service: SERVICE, detectedAt: time.since - 60_000, intentId: ulid() },
    acts: asActs([
      { kind: 'run-reads', stepId: id('identify-database') },
      { kind: 'confirm-database', stepId: id('identify-database'), typed: database },
      { kind: 'run-reads', stepId: id('choose-migration') },
      { kind: 'choose-migration', stepId: id('choose-migration'), version: BAD, sqlFile, reason: 'no Supabase here' },
      { kind: 'run-reads', stepId: id('dump-tables') },
      { kind: 'record-approval', who: 'Mo', role: 'Manager', how: 'verbal', words: 'Do it.' },
      { kind: 'run-change', stepId: change.id, commandId: change.commands[0]?.id ?? '' },
      { kind: 'check-proof', stepId: id('verify-database') },
      { kind: 'confirm-symptom-gone', observed: 'approvals are right' },
      { kind: 'resolve', summary: 'rolled back' },
    ]),
    isChanged: async () => {
      const now = JSON.stringify(await looks(pg, database));
      if (now === JSON.stringify(AFTER)) return true;
      if (now === JSON.stringify(BEFORE)) return false;
      throw new Error(`the database is neither as before nor as after: ${now}`);
    },
    keep: (name) => copied(database, kept(name)),
    putBack: (name) => copied(kept(name), database),
  };
}

const asActs = (intents: readonly Intent[]): readonly Act[] => intents.map((intent) => ({ id: ulid(), intent }));

function written(folder: string, markdown: string) {
  const file = join(folder, 'runbook.md');
  writeFileSync(file, markdown);
  const { model } = parseRunbook(Buffer.from(markdown), 'runbook.md', sha256);
  const step = (kind: StepKind): Step => {
    const found = model.procedures.flatMap(({ steps }) => steps).find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`the runbook has no step ${kind}`);
    return found;
  };
  return { file, step };
}

/** Answers 200 until the test ends. */
async function healthyAddress(): Promise<string> {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}
