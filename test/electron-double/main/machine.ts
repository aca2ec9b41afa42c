/** Screen, power, global keys, clipboard, secrets and dialogs, all simulated: nothing touches the real machine. */
import { EventEmitter } from 'node:events';
import type { MessageBoxOptions, MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron';
import { surface } from './surface.ts';

const DISPLAY = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
};

export const screen = surface(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => DISPLAY,
    getAllDisplays: () => [DISPLAY],
    getDisplayMatching: (_bounds: unknown) => DISPLAY,
    getDisplayNearestPoint: (_point: unknown) => DISPLAY,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  }),
);

export const powerMonitor = surface(
  'powerMonitor',
  Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0, isOnBatteryPower: () => false }),
);

const blockers = new Set<number>();
let lastBlocker = 0;
export const powerSaveBlocker = surface('powerSaveBlocker', {
  start(_type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
});

const keys = new Map<string, () => void>();
export const globalShortcut = surface('globalShortcut', {
  register(accelerator: string, pressed: () => void): boolean {
    if (keys.has(accelerator)) return false;
    keys.set(accelerator, pressed);
    return true;
  },
  isRegistered: (accelerator: string): boolean => keys.has(accelerator),
  unregister: (accelerator: string): void => void keys.delete(accelerator),
  unregisterAll: (): void => keys.clear(),
  /** Not part of Electron: lets a test press a key. */
  press: (accelerator: string): void => keys.get(accelerator)?.(),
});

export const nativeTheme = surface(
  'nativeTheme',
  Object.assign(new EventEmitter(), {
    shouldUseDarkColors: false,
    shouldUseHighContrastColors: false,
    themeSource: 'system',
  }),
);

let copied = '';
export const clipboard = surface('clipboard', {
  writeText: (text: string): void => void (copied = text),
  readText: (): string => copied,
  clear: (): void => void (copied = ''),
});

/** Does not encrypt: secrets are stored as plain text. */
export const safeStorage = surface('safeStorage', {
  isEncryptionAvailable: (): boolean => false,
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  getSelectedStorageBackend: (): string => 'basic_text',
});

/** Opens nothing: tests read the recorded call. */
export const shell = surface('shell', {
  openExternal: (_url: string, _options?: unknown): Promise<void> => Promise.resolve(),
  openPath: (_path: string): Promise<string> => Promise.resolve(''),
  showItemInFolder: (_path: string): void => undefined,
  beep: (): void => undefined,
});

/** No person can answer, so a question is answered as by Escape. */
export const dialog = surface('dialog', {
  showMessageBox(...args: readonly unknown[]): Promise<MessageBoxReturnValue> {
    const { cancelId = 0 } = args.at(-1) as MessageBoxOptions;
    return Promise.resolve({ response: cancelId, checkboxChecked: false });
  },
  showOpenDialog: (..._args: readonly unknown[]): Promise<OpenDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: (..._args: readonly unknown[]): Promise<SaveDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePath: '' }),
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}: ${content}\n`),
});
