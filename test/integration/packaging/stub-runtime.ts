/** A fake Electron runtime of Linux that electron-builder accepts: the files it looks for, and fuses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Precedes the fuses in Electron's executable (@electron/fuses, constants.ts): version, count, and a character for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;
/** Electron's defaults: only runAsNode, NODE_OPTIONS, --inspect and the file protocol's privileges are enabled. */
const AS_SHIPPED = '10110001';

export function stubRuntime(folder: string): string {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  const fuses = Buffer.concat([
    Buffer.from(`#!/bin/sh\nexit 0\n${SENTINEL}`),
    Buffer.from([VERSION, AS_SHIPPED.length]),
    Buffer.from(AS_SHIPPED),
  ]);
  writeFileSync(join(folder, 'electron'), fuses, { mode: 0o755 });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    writeFileSync(join(folder, name), 'stub');
  return folder;
}
