import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PAGE } from '../../../electron/desktop/places.ts';
import type { OutsideRequest } from '../../../electron/desktop/requests.ts';

const ID = '01JC9Z5R7W8XK4T2M6N0PQVABC';
const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  setAsDefaultProtocolClient: vi.fn<(scheme: string) => boolean>(() => true),
});
const ipcMain = new EventEmitter();

beforeEach(() => {
  vi.resetModules();
  app.removeAllListeners();
  app.isPackaged = true;
  app.setAsDefaultProtocolClient.mockClear();
  ipcMain.removeAllListeners();
  vi.doMock('electron', () => ({ app, ipcMain, BrowserWindow: {}, dialog: {}, nativeTheme: {}, screen: {} }));
});

async function listening(): Promise<OutsideRequest[]> {
  const { listenOutside } = await import('../../../electron/desktop/outside-requests.ts');
  const got: OutsideRequest[] = [];
  listenOutside().open((request) => void got.push(request));
  return got;
}

describe('what reaches the app from outside', () => {
  it('takes files and links of macOS, and prevents what Electron would do with them', async () => {
    const got = await listening();
    const preventDefault = vi.fn<() => void>();
    app.emit('open-file', { preventDefault }, '/srv/payments.md');
    app.emit('open-file', { preventDefault }, '/srv/payments.pdf');
    app.emit('open-url', { preventDefault }, `rollbook://incident/${ID}`);
    // No address may name a file.
    app.emit('open-url', { preventDefault }, '/etc/secret.md');
    expect(preventDefault).toHaveBeenCalledTimes(4);
    expect(got).toEqual([
      { kind: 'runbook', path: resolve('/srv/payments.md') },
      { kind: 'incident', incidentId: ID },
    ]);
  });

  it('takes what a second start was given, from its own copy and not from Chromium’s', async () => {
    const got = await listening();
    app.emit('second-instance', {}, ['/app', 'other.md'], '/elsewhere', { argv: ['payments.md'], cwd: '/srv' });
    app.emit('second-instance', {}, ['/app', 'other.md'], '/elsewhere', null);
    expect(got).toEqual([{ kind: 'runbook', path: resolve('/srv/payments.md') }]);
  });

  it('takes a dropped file of our own page and of nobody else', async () => {
    const got = await listening();
    const drop = (senderFrame: unknown, path: unknown): boolean =>
      ipcMain.emit('rollbook:dropped', { senderFrame }, path);
    const ours = { url: PAGE, parent: null };
    for (const frame of [null, { url: 'https://evil.example/', parent: null }, { url: PAGE, parent: {} }])
      drop(frame, '/srv/payments.md');
    for (const path of [undefined, 3, '', { path: '/srv/x.md' }, '/srv/payments.sh']) drop(ours, path);
    expect(got).toEqual([]);
    drop(ours, '/srv/payments.md');
    expect(got).toEqual([{ kind: 'runbook', path: resolve('/srv/payments.md') }]);
  });

  it('takes the links of the system only when it is installed', async () => {
    await listening();
    expect(app.setAsDefaultProtocolClient.mock.calls).toEqual([['rollbook']]);
    app.setAsDefaultProtocolClient.mockClear();
    app.isPackaged = false;
    vi.resetModules();
    await listening();
    expect(app.setAsDefaultProtocolClient).not.toHaveBeenCalled();
  });
});
