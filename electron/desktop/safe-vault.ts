/**
 * Secrets sealed by the system through Electron's safeStorage: the ciphertext lies in the data folder, the key with the
 * keychain, the keyring or DPAPI. Used where none of the programs of core/settings/vault.ts is there.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { writeWhole } from '#core/files/write-whole.ts';
import type { Vault } from '#core/settings/vault.ts';
import { RollbookError } from '#shared/api/result.ts';

type Sealing = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** null where the system seals nothing. On Linux `basic_text` is a key that everybody knows: that counts as nothing. */
export async function safeVault(
  storage: Sealing,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Vault | null> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) return null;
  if (!(await storage.isAsyncEncryptionAvailable().catch(() => false))) return null;
  // An account may not be a valid file name; its hash is.
  const fileOf = (account: string): string =>
    join(folder, `${createHash('sha256').update(account).digest('hex')}.sealed`);
  return {
    name: 'desktop',
    title: 'store of this system, through the desktop app',
    async get(account) {
      const sealed = await readFile(fileOf(account)).catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code === 'ENOENT') return null;
        throw refused(thrown);
      });
      if (sealed === null) return null;
      const text = Buffer.from(sealed.toString('utf8'), 'base64');
      return (await storage.decryptStringAsync(text).catch((thrown: unknown) => Promise.reject(refused(thrown))))
        .result;
    },
    async set(account, value) {
      const sealed = await storage
        .encryptStringAsync(value)
        .catch((thrown: unknown) => Promise.reject(refused(thrown)));
      writeWhole(fileOf(account), sealed.toString('base64'), 'The sealed secret', 0o600);
    },
    remove: (account) => rm(fileOf(account), { force: true }),
  };
}

function refused(thrown: unknown): RollbookError {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new RollbookError(
    'environment',
    `The system's store for secrets did not answer: ${why.slice(0, 200)}`,
    'Unlock it, or choose a file or a command as the source.',
  );
}
