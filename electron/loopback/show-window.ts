/** A window for the person in front of this machine, from opening the browser to the moment when it is closed. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { Core } from '#core/connection.ts';
import type { AppInfo } from '#shared/api/calls.ts';
import type { Browser } from './find-browser.ts';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { openWindow, type OpenedWindow } from './open-window.ts';
import type { Loopback, WindowCount } from './start.ts';

export interface ShowParts {
  readonly core: Core;
  readonly host: Loopback;
  readonly browser: Browser;
  readonly windows: WindowCount;
  /** Tells the person an address, and why it is needed. */
  readonly printAddress: (why: string, url: string) => void;
  readonly openBrowser?: (browser: Browser, openFile: string, profile: string) => OpenedWindow;
  readonly patience?: Patience;
  /** The host is ending for another reason. */
  readonly over: AbortSignal;
}

/** How long a window may take to connect, and how long none may be connected after the browser ended, ms. */
export interface Patience {
  readonly showMs: number;
  readonly goneMs: number;
}

const PATIENCE: Patience = { showMs: 15_000, goneMs: 3_000 };

/** Resolves when the window was closed and no changing command runs, or when `over` resolves. */
export async function showWindow(parts: ShowParts): Promise<void> {
  const { core, host, browser, windows, over } = parts;
  const patience = parts.patience ?? PATIENCE;
  const opened = (parts.openBrowser ?? openWindow)(browser, host.openFile, await profileFolder(core, browser));

  const early = await Promise.race([opened.ended, windows.seen.then(() => 'seen'), after(patience.showMs, 'late')]);
  if (early === 'late') await other(parts, `${browser.name} has shown no window so far.`);
  else if (early !== 'seen' && early !== null) await other(parts, `${browser.name} did not start: ${early}.`);
  await Promise.all([windows.seen, opened.ended]);

  while (!over.aborted) {
    await windows.empty();
    // While a page reloads there is no window for a moment.
    await after(patience.goneMs, null);
    if (host.windows() > 0) continue;
    if (core.running().length === 0) return;
    const back = windows.next();
    await other(parts, 'The window was closed while a changing command runs; Rollbook goes on.');
    await back;
  }
}

async function other({ host, over, printAddress }: ShowParts, why: string): Promise<void> {
  if (!over.aborted) printAddress(why, (await host.newLink()).url);
}

/** A browser profile of Rollbook's own, in the data folder or where a snap can reach it. */
async function profileFolder(core: Core, browser: Browser): Promise<string> {
  const connection = core.connect(() => undefined);
  const info = await connection.call('app.info', {});
  connection.close();
  if (browser.ownFolder === null && !info.ok) return temporaryFolder('browser');
  const parent = browser.ownFolder ?? (info.ok ? (info.value as AppInfo).folder : tmpdir());
  const folder = join(parent, 'browser');
  makePrivateFolder(folder);
  return folder;
}

const after = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms).unref());
