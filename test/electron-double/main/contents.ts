/** `WebContents`: one page of Chromium, by its id. Synchronous properties are kept here; other calls go to Chromium. */
import { EventEmitter } from 'node:events';
import type { WebContents, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { browser } from './browser.ts';
import { cloned } from './ipc.ts';
import type { SessionDouble } from './sessions.ts';

type OpenHandler = (details: { readonly url: string; readonly frameName: string }) => WindowOpenHandlerResponse;

type Carried = Pick<
  WebContents,
  'send' | 'getURL' | 'isDestroyed' | 'isCrashed' | 'reload' | 'forcefullyCrashRenderer' | 'executeJavaScript' | 'close'
>;

let made = 0;

export class ContentsDouble extends EventEmitter implements Carried {
  readonly id = (made += 1);
  readonly session: SessionDouble;
  readonly #preferences: WebPreferences;
  #url = '';
  #state: 'alive' | 'crashed' | 'destroyed' = 'alive';
  #openHandler: OpenHandler | null = null;
  #devTools = false;
  #zoom = 0;

  constructor(session: SessionDouble, preferences: WebPreferences) {
    super();
    this.session = session;
    this.#preferences = preferences;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#state === 'destroyed') throw new TypeError('Object has been destroyed');
    const copy = cloned(args);
    if (this.#state === 'alive') browser.call('post', this.id, channel, copy).catch(ignored);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** As in Electron, windows may be opened if there is no handler. */
  mayOpen(url: string, frameName: string): boolean {
    return this.#openHandler?.({ url, frameName }).action !== 'deny';
  }

  executeJavaScript(code: string): Promise<unknown> {
    return browser.call('run', this.id, code);
  }

  reload(): void {
    this.#state = this.#state === 'crashed' ? 'alive' : this.#state;
    browser.call('reload', this.id).catch(ignored);
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  forcefullyCrashRenderer(): void {
    browser.call('crash', this.id).catch(ignored);
  }

  focus(): void {
    browser.call('bringToFront', this.id).catch(ignored);
  }

  close(): void {
    this.emit('close-requested');
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return 'Rollbook';
  }

  isDestroyed(): boolean {
    return this.#state === 'destroyed';
  }

  isCrashed(): boolean {
    return this.#state === 'crashed';
  }

  isLoading(): boolean {
    return false;
  }

  getLastWebPreferences(): WebPreferences {
    return { ...DEFAULTS, ...this.#preferences };
  }

  openDevTools(): void {
    this.#devTools = this.#preferences.devTools !== false;
  }

  closeDevTools(): void {
    this.#devTools = false;
  }

  isDevToolsOpened(): boolean {
    return this.#devTools;
  }

  toggleDevTools(): void {
    if (this.#devTools) this.closeDevTools();
    else this.openDevTools();
  }

  setZoomLevel(level: number): void {
    this.#zoom = level;
  }

  getZoomLevel(): number {
    return this.#zoom;
  }

  setBackgroundThrottling(_allowed: boolean): void {
    // Playwright's pages are never throttled.
  }

  setIgnoreMenuShortcuts(_ignore: boolean): void {
    // There is no menu bar to reach.
  }

  /** Called by Chromium's process. */
  at(url: string): void {
    this.#url = url;
  }

  crashed(): void {
    this.#state = 'crashed';
  }

  destroyed(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    this.emit('destroyed');
  }
}

/** Electron's defaults for the preferences that the shell sets. */
const DEFAULTS: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  devTools: true,
};

/** Errors are ignored: the page has closed, and that has its own events. */
const ignored = (): void => undefined;
