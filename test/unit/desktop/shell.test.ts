import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '#shared/api/bridge.ts';
import type { Core } from '#core/connection.ts';
import type { Push } from '#shared/api/pushes.ts';
import { PAGE } from '../../../electron/desktop/places.ts';
import { ContentsDouble, electronDouble } from './electron-double.ts';

let electron = electronDouble();

beforeEach(() => {
  electron = electronDouble();
  vi.resetModules();
  // Anew for every test: the double of a mocked module is kept otherwise.
  vi.doMock('electron', () => electron);
});

const call = (name: string, ...values: unknown[]): unknown =>
  (electron.set.get(name) as (...all: unknown[]) => unknown)(...values);

describe('security.ts', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'prevents %s',
    async (name) => {
      const { lockDown } = await import('../../../electron/desktop/security.ts');
      lockDown();
      const contents = new ContentsDouble();
      electron.app.emit('web-contents-created', {}, contents);
      const preventDefault = vi.fn<() => void>();
      contents.emit(name, { preventDefault, url: PAGE });
      expect(preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('opens no window, and only https outside', async () => {
    const { lockDown } = await import('../../../electron/desktop/security.ts');
    lockDown();
    const contents = new ContentsDouble();
    electron.app.emit('web-contents-created', {}, contents);
    for (const url of ['https://fly.io/', 'http://fly.io/', 'file:///etc/passwd', PAGE]) {
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(electron.shell.openExternal.mock.calls).toEqual([['https://fly.io/']]);
  });

  it('denies every permission but copying', async () => {
    const { lockDown } = await import('../../../electron/desktop/security.ts');
    lockDown();
    const requested = (permission: string, requestingUrl: string): unknown => {
      const answered = vi.fn<(granted: boolean) => void>();
      call('permission request', {}, permission, answered, { requestingUrl });
      return answered.mock.calls[0]?.[0];
    };
    for (const permission of ['notifications', 'media', 'clipboard-read', 'geolocation']) {
      expect(call('permission check', {}, permission, 'app://rollbook/')).toBe(false);
      expect(requested(permission, PAGE)).toBe(false);
    }
    expect(call('permission check', {}, 'clipboard-sanitized-write', 'app://rollbook/')).toBe(true);
    expect(requested('clipboard-sanitized-write', PAGE)).toBe(true);
    expect(call('permission check', null, 'clipboard-sanitized-write', '')).toBe(false);
    expect(call('device permission', {})).toBe(false);
  });
});

describe('protocol.ts', () => {
  it('registers the scheme as standard and secure, without leave to go around the policy', async () => {
    const { registerScheme, servePages } = await import('../../../electron/desktop/protocol.ts');
    registerScheme();
    expect(electron.protocol.registerSchemesAsPrivileged.mock.calls).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
    ]);
    servePages('/nowhere');
    expect(((await call('scheme app', { method: 'GET', url: PAGE })) as Response).status).toBe(404);
    expect(((await call('scheme app', { method: 'PUT', url: PAGE })) as Response).status).toBe(405);
  });
});

describe('ipc.ts', () => {
  async function served() {
    const opened: { send: (push: Push) => void; closed: boolean }[] = [];
    const core: Core = {
      connect(send) {
        const entry = { send, closed: false };
        opened.push(entry);
        return {
          call: async (name, args) => ({ ok: true, value: { name, args } }),
          close: () => {
            entry.closed = true;
          },
        };
      },
      running: () => [],
      close: () => Promise.resolve(),
    };
    const { serveCalls } = await import('../../../electron/desktop/ipc.ts');
    serveCalls(core);
    const sender = new ContentsDouble();
    const invoke = (senderFrame: unknown, name = 'app.info'): unknown =>
      call('rollbook:call', { senderFrame, sender }, name, { a: 1 });
    return { opened, sender, invoke };
  }
  const ours = { url: PAGE, parent: null };
  const push: Push = { name: 'run.output', payload: { runId: 'r', from: 0, skipped: 0, lines: [] } };

  it('answers the main frame of our page and nobody else', async () => {
    const { opened, invoke } = await served();
    for (const frame of [null, { url: PAGE, parent: {} }, { url: 'https://evil.example/', parent: null }]) {
      expect(await invoke(frame)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    expect(opened).toEqual([]);
    expect(await invoke(ours)).toEqual({ ok: true, value: { name: 'app.info', args: { a: 1 } } });
  });

  it('pushes to a page until it is left, and never to one that is destroyed', async () => {
    const { opened, sender, invoke } = await served();
    await invoke(ours);
    await invoke(ours);
    expect(opened).toHaveLength(1);
    opened[0]?.send(push);
    expect(sender.sent).toEqual([['rollbook:push', push]]);
    // Told before a navigation is prevented: the page stays.
    sender.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    sender.emit('did-navigate-in-page');
    expect(opened[0]?.closed).toBe(false);
    sender.emit('did-navigate');
    expect(opened[0]?.closed).toBe(true);
    await invoke(ours);
    expect(opened).toHaveLength(2);
    sender.emit('render-process-gone');
    expect(opened[1]?.closed).toBe(true);
    await invoke(ours);
    sender.destroyed = true;
    sender.emit('destroyed');
    expect(opened[2]?.closed).toBe(true);
    opened[2]?.send(push);
    expect(sender.sent).toHaveLength(1);
  });
});

describe('preload.ts', () => {
  let page = new EventTarget();

  async function exposed(): Promise<Bridge> {
    page = new EventTarget();
    vi.stubGlobal('window', page);
    await import('../../../electron/desktop/preload.ts');
    expect(electron.contextBridge.exposeInMainWorld).toHaveBeenCalledOnce();
    const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] ?? [];
    expect(name).toBe('rollbook');
    return bridge as Bridge;
  }

  it('exposes three named functions', async () => {
    expect(Object.keys(await exposed()).sort()).toEqual(['call', 'on', 'onConnection']);
  });

  it('calls over one fixed channel, and never rejects', async () => {
    const bridge = await exposed();
    electron.ipcRenderer.invoke.mockResolvedValueOnce({ ok: true, value: 1 });
    expect(await bridge.call('app.info', {})).toEqual({ ok: true, value: 1 });
    expect(electron.ipcRenderer.invoke.mock.calls).toEqual([['rollbook:call', 'app.info', {}]]);
    electron.ipcRenderer.invoke.mockRejectedValueOnce(new Error('gone'));
    expect(await bridge.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'environment' } });
  });

  it('passes the payload of a push, never the event, to those who listen', async () => {
    const bridge = await exposed();
    const got: unknown[][] = [];
    const stop = bridge.on('run.output', (...values) => void got.push(values));
    bridge.on('incident.events', (...values) => void got.push(values));
    const payload = { runId: 'r', from: 0, skipped: 0, lines: [] };
    electron.ipcRenderer.emit('rollbook:push', { sender: 'secret' }, { name: 'run.output', payload });
    stop();
    electron.ipcRenderer.emit('rollbook:push', { sender: 'secret' }, { name: 'run.output', payload });
    expect(got).toEqual([[payload]]);
  });

  it('sends the path of a dropped file to the main process, and gives the page none', async () => {
    await exposed();
    const drop = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: [{}] } });
    page.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    expect(electron.ipcRenderer.send.mock.calls).toEqual([['rollbook:dropped', '/home/ann/payments.md']]);
    const text = Object.assign(new Event('dragover', { cancelable: true }), {
      dataTransfer: { types: ['text/plain'] },
    });
    page.dispatchEvent(text);
    expect(text.defaultPrevented).toBe(false);
  });

  it('says at once that the connection is there', async () => {
    const bridge = await exposed();
    const states: boolean[] = [];
    bridge.onConnection((connected) => states.push(connected))();
    expect(states).toEqual([true]);
  });
});
