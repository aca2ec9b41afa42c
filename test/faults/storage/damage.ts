/** Damages bytes of a store, and runs the commands of a person on it. */
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import { openStore } from '#core/store/open.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import type { Tally } from '../../fixtures/fault-table.ts';
import { passingTime, virtualPorts } from '../../fixtures/test-ports.ts';

/** A finished drill in a new data folder, whose store is one file. */
export async function drilled() {
  const folder = dataFolder();
  const core = await testCore(folder, { ports: virtualPorts() });
  const { drills, incidents, store } = core.services;
  const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  await passingTime(autopilot(await incidents.open(id), 'ann', ulid));
  const events = store.events(id);
  await core.close();
  const db = new Database(join(folder, 'rollbook.db'));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { folder, id, events };
}

export type Drilled = Awaited<ReturnType<typeof drilled>>;

const DAMAGED_BYTES = 64;

/** Damages copies at `places` places spread over the file, and runs the commands on each copy. */
export async function damage({ folder, id, events }: Drilled, places: number, tally: Tally): Promise<void> {
  const { size } = statSync(join(folder, 'rollbook.db'));
  for (let place = 0; place < places; place += 1) {
    const offset = Math.floor((size * (place + 0.37)) / places);
    const copy = join(dataFolder(), 'data');
    cpSync(folder, copy, { recursive: true });
    const file = join(copy, 'rollbook.db');
    const bytes = readFileSync(file);
    bytes.subarray(offset, offset + DAMAGED_BYTES).forEach((byte, at) => (bytes[offset + at] = byte ^ 0x5a));
    writeFileSync(file, bytes);
    await ask(copy, id, events, `damaged at ${offset} of ${size}`, tally);
    if (!existsSync(file)) tally.lost.push(`damaged at ${offset} of ${size}: the file is gone`);
    tally.times += 1;
  }
}

async function ask(folder: string, id: string, events: readonly Envelope[], where: string, tally: Tally) {
  const line = commandLine(folder);
  for (const args of [['incidents'], ['verify', id], ['report', id], ['drill', '--list']]) {
    const { code, err } = await line.run(args);
    const told = `${where}, ${args.join(' ')}`;
    if (![0, 1, 2, 4].includes(code)) tally.wrong.push(`${told}: exit code ${code}`);
    if (code === 4 && !isSentence(err)) tally.wrong.push(`${told} says: ${err.slice(0, 300)}`);
    if (args[0] === 'verify' && code === 0 && !(await isWhole(folder, id, events)))
      tally.wrong.push(`${told}: called whole, and it is not`);
  }
}

/** Messages must be a sentence and what to do, without names of the code. */
const isSentence = (said: string): boolean =>
  said.trim().split('\n').length >= 2 &&
  !/\bat .*:\d+:\d+|(?:Type|Syntax|Range|Zod|Sqlite)Error|\[object|"code":/.test(said);

async function isWhole(folder: string, id: string, events: readonly Envelope[]): Promise<boolean> {
  try {
    const store = await openStore({ folder, session: ulid(), boot: 'b', readOnly: true });
    const stored = store.events(id);
    await store.close();
    return isDeepStrictEqual(stored, events);
  } catch {
    return false;
  }
}
