/** `app`: when it is ready, how it quits, and its single instance. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { App } from 'electron';
import { askForLock } from './instance-lock.ts';
import { emitPreventable } from './event.ts';
import { isReady, nowReady } from './surface.ts';
import { WindowDouble } from './windows.ts';

type Carried = Pick<
  App,
  'whenReady' | 'isReady' | 'quit' | 'exit' | 'enableSandbox' | 'requestSingleInstanceLock' | 'getName' | 'getVersion'
>;

export class AppDouble extends EventEmitter implements Carried {
  readonly isPackaged = process.env['ELECTRON_DOUBLE_PACKAGED'] === '1';
  name = 'rollbook';
  readonly #ready = Promise.withResolvers<void>();
  readonly #switches = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  #ending: 'no' | 'quitting' = 'no';
  #protocols: string[] = [];
  badge = 0;

  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => void this.#switches.set(name, value),
    hasSwitch: (name: string): boolean => this.#switches.has(name) || valueOf(name) !== undefined,
    getSwitchValue: (name: string): string => this.#switches.get(name) ?? valueOf(name) ?? '',
  };

  /** The main bundle has been loaded. */
  becomeReady(): void {
    nowReady();
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }

  whenReady = (): Promise<void> => this.#ready.promise;
  isReady = (): boolean => isReady();

  enableSandbox(): void {
    if (isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.commandLine.appendSwitch('enable-sandbox');
  }

  requestSingleInstanceLock(data: unknown = null): boolean {
    return askForLock(this.getPath('userData'), data, (start) =>
      this.emit('second-instance', {}, start.argv, start.folder, start.data),
    );
  }

  hasSingleInstanceLock = (): boolean => true;
  releaseSingleInstanceLock = (): void => undefined;

  /** Emits before-quit, closes every window, then emits will-quit. Each of them can prevent quitting. */
  quit(): void {
    if (emitPreventable(this, 'before-quit', {})) return;
    this.#ending = 'quitting';
    for (const window of WindowDouble.getAllWindows()) {
      window.close();
      if (!window.isDestroyed()) {
        this.#ending = 'no';
        return;
      }
    }
    if (emitPreventable(this, 'will-quit', {})) {
      this.#ending = 'no';
      return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }

  /** Not emitted while the app is quitting. Without a listener the app quits. */
  lastWindowClosed(): void {
    if (this.#ending === 'quitting') return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  getName = (): string => this.name;
  setName = (name: string): void => void (this.name = name);
  getVersion = (): string => '0.1.0';
  getLocale = (): string => 'en-US';
  getAppPath = (): string => process.cwd();
  setAppUserModelId = (_id: string): void => undefined;
  setAboutPanelOptions = (_options: unknown): void => undefined;
  setJumpList = (_categories: unknown): string => 'ok';
  addRecentDocument = (_path: string): void => undefined;
  setBadgeCount = (count = 0): boolean => {
    this.badge = count;
    return true;
  };
  focus = (_options?: unknown): void => undefined;
  hide = (): void => undefined;
  show = (): void => undefined;
  relaunch = (_options?: unknown): void => undefined;
  disableHardwareAcceleration = (): void => undefined;

  setPath = (name: string, path: string): void => void this.#paths.set(name, path);
  getPath(name: string): string {
    const home = this.#paths.get('userData') ?? valueOf('user-data-dir') ?? join(process.cwd(), '.electron-double');
    return this.#paths.get(name) ?? (name === 'userData' ? home : join(home, name));
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols = [...this.#protocols, scheme];
    return true;
  }
  isDefaultProtocolClient = (scheme: string): boolean => this.#protocols.includes(scheme);
  removeAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols = this.#protocols.filter((one) => one !== scheme);
    return true;
  }

  readonly dock = undefined;
}

/** Value of `--name=value` on the command line, '' for `--name`. */
function valueOf(name: string): string | undefined {
  const found = process.argv.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  return found?.slice(name.length + 3);
}
