/**
 * Keeps the simulated cloud of each drill in a file, so that it survives a restart; the file goes with its drill. It is
 * a fixture: losing its last change costs a drill, never an incident.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '#core/files/write-whole.ts';
import type { Store } from '#core/store/store.ts';

/** Under this and the drill's id they were in the settings of earlier versions. */
const FORMER_KEY = 'drill ';

export interface SimulatedClouds {
  /** null: none is kept. */
  get(incidentId: string): unknown;
  /** Removes the file if the drill is over. Never throws. */
  keep(incidentId: string, cloud: unknown): void;
  /** Removes files of ended or missing drills, and takes over what an earlier version kept in the settings. */
  sweep(): Promise<void>;
}

export function simulatedClouds(store: Pick<Store, 'folder' | 'settings' | 'incident'>): SimulatedClouds {
  const folder = join(store.folder, 'drills');
  const fileOf = (incidentId: string): string => join(folder, `${incidentId}.json`);
  const isOpen = (incidentId: string): boolean => store.incident(incidentId)?.status === 'open';
  const remove = (incidentId: string): void => rmSync(fileOf(incidentId), { force: true });
  const kept = (incidentId: string): unknown => {
    try {
      return JSON.parse(readFileSync(fileOf(incidentId), 'utf8')) as unknown;
    } catch {
      return null;
    }
  };
  const keep = (incidentId: string, cloud: unknown): void => {
    try {
      if (isOpen(incidentId)) writeWhole(fileOf(incidentId), JSON.stringify(cloud), 'The drill', 0o600);
      else remove(incidentId);
    } catch {
      // The drill continues in memory.
    }
  };
  return {
    get: (incidentId) => kept(incidentId) ?? store.settings.get(FORMER_KEY + incidentId),
    keep,
    async sweep() {
      for (const name of namesIn(folder)) {
        const incidentId = /^(\w+)\.json$/.exec(name)?.[1];
        if (incidentId !== undefined && !isOpen(incidentId)) remove(incidentId);
      }
      for (const key of store.settings.keys()) {
        if (!key.startsWith(FORMER_KEY)) continue;
        const incidentId = key.slice(FORMER_KEY.length);
        if (kept(incidentId) === null) keep(incidentId, store.settings.get(key));
        await store.settings.remove(key);
      }
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
