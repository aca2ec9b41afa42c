/** What electron-builder takes for an unpacked Electron runtime of Linux: the names it looks for, and a row of fuses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the fuses in Electron's executable (@electron/fuses, constants.ts); then a version, a count, one sign each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;
/** As Electron ships it: only runAsNode, NODE_OPTIONS, --inspect and the file protocol's privileges are on. */
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
