/** The incidents that were declared while the store could not be used and are not in it yet, and their folders. */
import type { Store } from '#core/store/store.ts';
import { openStore } from '#core/store/open.ts';
import { leftFolders, usedFolders } from './emergency-folder.ts';

export interface KeptApart {
  readonly folder: string;
  /** Ids; null: what is in it cannot be read. */
  readonly incidents: readonly string[] | null;
  /** A Rollbook that runs works in it. */
  readonly isUsed: boolean;
}

/** Folders in which something is; nothing is written. */
export async function keptApart(dataFolder: string): Promise<readonly KeptApart[]> {
  const folders = [
    ...leftFolders(dataFolder).map((folder) => ({ folder, isUsed: false })),
    ...usedFolders(dataFolder).map((folder) => ({ folder, isUsed: true })),
  ];
  const all = await Promise.all(folders.map(async (each) => ({ ...each, incidents: await idsIn(each.folder) })));
  // A folder in use may have no store yet.
  return all.filter(({ incidents, isUsed }) => (incidents === null ? !isUsed : incidents.length > 0));
}

async function idsIn(folder: string): Promise<readonly string[] | null> {
  let store: Store | null = null;
  try {
    store = await openStore({ folder, session: '', boot: '', readOnly: true });
    return store.list().map(({ id }) => id);
  } catch {
    return null;
  } finally {
    await store?.close();
  }
}
