/**
 * A fake of the parts of Electron that the desktop shell uses. It records what was set, and the test raises events.
 * It shows what the shell asks of Electron, not that Electron does it.
 */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

export class ContentsDouble extends EventEmitter {
  static made = 0;
  readonly id = (ContentsDouble.made += 1);
  readonly sent: unknown[][] = [];
  openHandler: ((details: { url: string }) => unknown) | undefined;
  destroyed = false;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(...values: unknown[]): void {
    this.sent.push(values);
  }
}

type Handler = (...values: never[]) => unknown;

export function electronDouble() {
  const set = new Map<string, Handler>();
  const remember = (name: string) => (handler: Handler) => void set.set(name, handler);
  const app = Object.assign(new EventEmitter(), { isPackaged: true });
  const ipcRenderer = Object.assign(new EventEmitter(), {
    invoke: vi.fn<(...values: unknown[]) => Promise<unknown>>(),
    send: vi.fn<(...values: unknown[]) => void>(),
  });
  return {
    /** What was set, by name. */
    set,
    app,
    shell: { openExternal: vi.fn<(url: string) => Promise<void>>(() => Promise.resolve()) },
    session: {
      defaultSession: {
        setPermissionCheckHandler: remember('permission check'),
        setPermissionRequestHandler: remember('permission request'),
        setDevicePermissionHandler: remember('device permission'),
        protocol: { handle: (scheme: string, handler: Handler) => void set.set(`scheme ${scheme}`, handler) },
      },
    },
    protocol: { registerSchemesAsPrivileged: vi.fn<(schemes: unknown) => void>() },
    ipcMain: { handle: (channel: string, handler: Handler) => void set.set(channel, handler) },
    ipcRenderer,
    webUtils: { getPathForFile: () => '/home/ann/payments.md' },
    contextBridge: { exposeInMainWorld: vi.fn<(name: string, value: unknown) => void>() },
  };
}
