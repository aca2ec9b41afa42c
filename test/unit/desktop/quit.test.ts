import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenCore } from '#core/core.ts';
import { openDoor } from '#core/redaction-door.ts';

type Answer = { response: number };

class WindowDouble extends EventEmitter {
  isDestroyed = () => false;
  isMinimized = () => true;
  restore = vi.fn<() => void>();
  show = vi.fn<() => void>();
  focus = vi.fn<() => void>();
  hide = vi.fn<() => void>();
  maximize = vi.fn<() => void>();
  reload = vi.fn<() => void>();
  loadURL = () => Promise.resolve();
  getNormalBounds = () => ({ x: 1, y: 2, width: 1000, height: 700 });
  isMaximized = () => false;
  webContents = new EventEmitter();
}

const app = Object.assign(new EventEmitter(), { quit: vi.fn<() => void>(), isPackaged: true });
const showMessageBox = vi.fn<(...args: unknown[]) => Promise<Answer>>();

beforeEach(() => {
  vi.resetModules();
  app.removeAllListeners();
  app.quit.mockClear();
  showMessageBox.mockReset();
  vi.doMock('electron', () => ({
    app,
    dialog: { showMessageBox },
    BrowserWindow: WindowDouble,
    nativeTheme: { shouldUseDarkColors: false },
    screen: { getAllDisplays: () => [] },
  }));
});

async function opened(running: { incidentId: string; runId: string; shown: string }[], watches = 0) {
  const order: string[] = [];
  const core = {
    running: () => running,
    close: async () => void order.push('closed'),
    services: {
      door: openDoor(),
      store: {
        settings: { set: async (key: string, value: unknown) => void order.push(`${key} ${JSON.stringify(value)}`) },
      },
      incidents: {
        during: async (id: string, work: (incident: unknown) => Promise<unknown>) => {
          const tryAppend = async (actor: string, drafts: { payload: { text: string } }[]) =>
            void order.push(`${actor} ${id}: ${drafts[0]?.payload.text}`);
          return await work({ context: { eventLog: { tryAppend } } });
        },
      },
    },
  } as unknown as OpenCore;
  const { endInOrder } = await import('../../../electron/desktop/quit.ts');
  const { openWindow } = await import('../../../electron/desktop/window.ts');
  const end = endInOrder(
    core,
    (line) => void order.push(line),
    () => watches,
  );
  const window = await openWindow(null);
  end.watch(window);
  const quit = (): boolean => {
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
    app.emit('before-quit', event);
    return event.prevented;
  };
  return { order, window: window as unknown as WindowDouble, quit };
}

describe('quitting', () => {
  it('asks nothing when nothing runs, keeps the place of the window and closes the core before the app', async () => {
    const { order, quit } = await opened([]);
    expect(quit()).toBe(true);
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(order).toEqual(['desktop.window {"x":1,"y":2,"width":1000,"height":700,"maximized":false}', 'closed']);
    expect(showMessageBox).not.toHaveBeenCalled();
    expect(quit()).toBe(false);
  });

  it('asks with the safe answer as what Enter and Escape mean, in a window that is in sight', async () => {
    showMessageBox.mockResolvedValue({ response: 0 });
    const { order, window, quit } = await opened([{ incidentId: 'I1', runId: 'r', shown: 'fly deploy' }]);
    expect(quit()).toBe(true);
    await vi.waitFor(() => expect(showMessageBox).toHaveBeenCalledOnce());
    const [, options] = showMessageBox.mock.calls[0] ?? [];
    expect(options).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ['Keep Rollbook open', expect.any(String)] });
    expect(window.restore).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(quit()).toBe(true));
    expect(app.quit).not.toHaveBeenCalled();
    expect(order).toEqual([]);
  });

  it('closes the window and goes on while a watch is under way, if that is wanted', async () => {
    showMessageBox.mockResolvedValue({ response: 1 });
    const { order, window } = await opened([], 1);
    const preventDefault = vi.fn<() => void>();
    window.emit('close', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(window.hide).toHaveBeenCalledOnce());
    expect(app.quit).not.toHaveBeenCalled();
    expect(order).toEqual([]);
  });

  it('notes on the timeline what goes on without it', async () => {
    showMessageBox.mockResolvedValue({ response: 1 });
    const { order, window } = await opened([
      { incidentId: 'I1', runId: 'r', shown: 'fly deploy' },
      { incidentId: 'I2', runId: 's', shown: 'fly apps restart' },
    ]);
    window.emit('close', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(order.slice(1)).toEqual([
      expect.stringMatching(/^rollbook I1: Rollbook was closed while this was running: fly deploy\./),
      expect.stringMatching(/^rollbook I2: .*fly apps restart\./),
      'closed',
    ]);
  });
});
