import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { safeVault } from '../../../electron/desktop/safe-vault.ts';

type Storage = Parameters<typeof safeVault>[0];

/** Seals by turning every byte over, as a stand-in for a key that the system holds. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

const system = (change: Partial<Storage> = {}): Storage => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text) => Promise.resolve(turned(Buffer.from(text))),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ shouldReEncrypt: false, result: turned(Buffer.from(sealed)).toString('utf8') }),
  ...change,
});

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-vault-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sealed');
}

describe('secrets sealed by the system', () => {
  it('come back as they were, lie on disk as ciphertext for their owner only, and are gone when removed', async () => {
    const folder = folderOfTest();
    const vault = await safeVault(system(), folder, 'linux');
    expect(await vault?.get('pier/DATABASE_URL')).toBeNull();
    await vault?.set('pier/DATABASE_URL', 'postgres://ann:tide@pier/db ü');
    expect(await vault?.get('pier/DATABASE_URL')).toBe('postgres://ann:tide@pier/db ü');
    expect(await vault?.get('pier/OTHER')).toBeNull();
    const [file = ''] = readdirSync(folder);
    expect(file).not.toContain('DATABASE_URL');
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('tide');
    if (process.platform !== 'win32') expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    await vault?.remove('pier/DATABASE_URL');
    expect(await vault?.get('pier/DATABASE_URL')).toBeNull();
  });

  it.each(['basic_text', 'unknown'] as const)('are not kept on Linux where the backend is %s', async (backend) => {
    const storage = system({ getSelectedStorageBackend: () => backend });
    expect(await safeVault(storage, folderOfTest(), 'linux')).toBeNull();
    // Elsewhere nothing is said about a backend.
    expect(await safeVault(storage, folderOfTest(), 'win32')).not.toBeNull();
  });

  it('are not kept where the system seals nothing, and a refusal says what to do', async () => {
    const none = system({ isAsyncEncryptionAvailable: () => Promise.reject(new Error('no key')) });
    expect(await safeVault(none, folderOfTest(), 'darwin')).toBeNull();
    const locked = await safeVault(
      system({ encryptStringAsync: () => Promise.reject(new Error('the keychain is locked')) }),
      folderOfTest(),
      'darwin',
    );
    await expect(locked?.set('pier/X', 'tide')).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('the keychain is locked') as unknown,
    });
  });
});
