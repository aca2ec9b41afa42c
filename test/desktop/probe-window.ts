/** Another window of the app, with its own session, and the page and preload of the test. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Shell } from './hosts/shell.ts';

export interface Probe {
  readonly page: Page;
  readonly id: number;
  readonly close: () => Promise<void>;
}

export interface ProbeOptions {
  readonly shell: Shell;
  readonly folder: string;
  /** Source of the preload, or the absolute path of one. */
  readonly preload?: string;
  readonly preloadFile?: string;
  /** Files by path; `/index.html` is loaded. */
  readonly files?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly subFrames?: boolean;
  /** Removes the shell's listeners that refuse all navigation, also in frames. */
  readonly unlocked?: boolean;
  /** A URL to load instead of `files`. */
  readonly url?: string;
}

let made = 0;

export async function openProbe(options: ProbeOptions): Promise<Probe> {
  const { shell, folder, preload = '', host = 'probe', subFrames = false, unlocked = false } = options;
  const { files = { '/index.html': '<!doctype html><title>probe</title><h1>Probe</h1>' } } = options;
  const own = join(folder, `probe-${(made += 1)}.cjs`);
  writeFileSync(own, preload);
  const before = new Set(shell.pages());
  const url = options.url ?? `app://${host}/index.html`;
  const id = await shell.evaluate(
    async ({ BrowserWindow, session }, { preload, partition, files, subFrames, unlocked, url }) => {
      session.fromPartition(partition).protocol.handle('app', (request) => {
        const text = files[new URL(request.url).pathname];
        const headers = { 'Content-Type': 'text/html' };
        return new Response(text ?? 'nothing', { status: text === undefined ? 404 : 200, headers });
      });
      const webPreferences = { preload, partition, nodeIntegrationInSubFrames: subFrames, sandbox: true };
      const window = new BrowserWindow({ show: false, webPreferences });
      for (const name of unlocked ? (['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) : []) {
        window.webContents.removeAllListeners(name);
      }
      await window.loadURL(url);
      return window.id;
    },
    { preload: options.preloadFile ?? own, partition: `probe-${process.pid}-${made}`, files, subFrames, unlocked, url },
  );
  const page = shell.pages().find((one) => !before.has(one));
  if (page === undefined) throw new Error('The probe window has no page.');
  return {
    page,
    id,
    async close() {
      await shell.evaluate(({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.destroy(), id);
    },
  };
}
