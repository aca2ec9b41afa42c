/** Where the store and its copies are in the data folder. */
import { join } from 'node:path';

export const storePath = (folder: string): string => join(folder, 'rollbook.db');
export const backupsPath = (folder: string): string => join(folder, 'backups');
