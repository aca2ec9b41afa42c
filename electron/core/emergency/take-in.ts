/** Puts into the store what people did while it could not be used. */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, toFailure } from '#shared/api/result.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { Store } from '#core/store/store.ts';
import { leftFolders, removeEmergencyFolder } from './emergency-folder.ts';

interface TakingIn {
  readonly store: Store;
  readonly incidents: IncidentService;
  /** Opens the store of a data folder. */
  readonly open: (folder: string) => Promise<Store>;
}

/** Folders that move with the incidents, below the data folder. */
const FILES = ['outputs', 'dumps', 'reports'];

const TAKEN_IN = 'Rollbook kept this incident apart until now, because its store could not be used.';

/**
 * Adds the incidents, runbooks and outputs of each folder that an ended Rollbook left, then removes the folder. Doing
 * it twice changes nothing. Returns what could not be added: its folder stays.
 */
export async function takeInEmergencies(parts: TakingIn): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const folder of leftFolders(parts.store.folder)) {
    try {
      await takeIn(parts, folder);
      await removeEmergencyFolder(folder);
    } catch (thrown) {
      failures.push(notTaken(folder, toFailure(thrown)));
    }
  }
  return failures;
}

async function takeIn({ store, incidents, open }: TakingIn, folder: string): Promise<void> {
  // That Rollbook ended before it had a store.
  if (!existsSync(join(folder, 'rollbook.db'))) return;
  const from = await open(folder);
  try {
    for (const name of FILES) {
      const source = join(folder, name);
      if (existsSync(source)) copyMissing(source, join(store.folder, name));
    }
    const failures: unknown[] = [];
    for (const { id } of from.list()) {
      try {
        await importEvents(from, store, id);
        await incidents.during(id, async (incident) => {
          const { eventLog } = incident.context;
          const told = eventLog.events.some(({ kind, payload }) => kind === 'note.added' && payload?.text === TAKEN_IN);
          if (!told) await incident.note({ kind: 'note.added', payload: { text: TAKEN_IN, starred: true } });
        });
      } catch (thrown) {
        // A damaged incident must not keep the others out.
        failures.push(thrown);
      }
    }
    if (failures.length > 0) throw failures[0];
  } finally {
    await from.close();
  }
}

/**
 * Copies each file completely or not at all, because the source is removed afterwards. An existing file stays: the
 * incident may have continued since an earlier try.
 */
function copyMissing(from: string, to: string): void {
  if (statSync(from).isDirectory()) {
    makePrivateFolder(to);
    for (const name of readdirSync(from)) copyMissing(join(from, name), join(to, name));
    return;
  }
  if (existsSync(to)) return;
  const half = `${to}.part`;
  try {
    copyFileSync(from, half);
    renameSync(half, to);
  } catch (thrown) {
    rmSync(half, { force: true });
    throw thrown;
  }
}

/** The chain as it is, with the runbook it names and the trust that a person gave that. */
async function importEvents(from: Store, to: Store, incidentId: string): Promise<void> {
  const incident = from.incident(incidentId);
  const runbook = incident && from.runbooks.get(incident.runbookHash, incident.modelHash);
  if (incident === null || runbook === null) throw new Error(`${incidentId} has no runbook.`);
  const report = from.verify(incidentId);
  if (!report.ok) throw new Error(`${incidentId} is damaged.`);
  const { name, source, model, modelVersion } = runbook;
  const { hash, modelHash } = await to.runbooks.put({ name, source, model, modelVersion });
  const trusted = from.trust.of(hash);
  if (trusted !== null && to.trust.of(hash) === null) await to.trust.add(trusted);
  const { kind, adapter, title, severity, declaredAt } = incident;
  const row = { id: incidentId, kind, adapter, title, severity, declaredAt, runbookHash: hash, modelHash };
  await to.importEvents(row, from.chain(incidentId));
}

const notTaken = (folder: string, { code, message }: Failure): Failure => ({
  code,
  message: `What was done while the store could not be used is not in the store yet: ${message} It is kept in ${folder}.`,
  advice: 'It is tried again at the next start. Keep that folder.',
});
