/** `BrowserWindow`: a page of Chromium, with events in the order of Electron. */
import { readFileSync } from 'node:fs';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { AppDouble } from './app.ts';
import { browser } from './browser.ts';
import { ContentsDouble } from './contents.ts';
import { emitPreventable } from './event.ts';
import { sessionOf } from './sessions.ts';
import { surface } from './surface.ts';
import { WindowGeometry } from './window-geometry.ts';

type Carried = Pick<
  BrowserWindow,
  'loadURL' | 'show' | 'hide' | 'focus' | 'isFocused' | 'isVisible' | 'close' | 'destroy' | 'isDestroyed' | 'reload'
>;

const open = new Map<number, WindowDouble>();
let focused: WindowDouble | null = null;

export class WindowDouble extends WindowGeometry implements Carried {
  static app: AppDouble;
  static getAllWindows = (): WindowDouble[] => [...open.values()];
  static getFocusedWindow = (): WindowDouble | null => focused;
  static fromId = (id: number): WindowDouble | null => open.get(id) ?? null;
  static fromWebContents = (contents: { readonly id: number }): WindowDouble | null => open.get(contents.id) ?? null;

  readonly id: number;
  readonly webContents: ContentsDouble;
  readonly #self: WindowDouble;
  #opened: Promise<void> | null = null;
  #settings: { partition: string; preload: string | null; subFrames: boolean };
  #visible: boolean;
  #destroyed = false;
  #painted = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    const { width = 800, height = 600, x = 0, y = 0, title = 'Electron', alwaysOnTop = false, show = true } = options;
    super({ x, y, width, height }, title, alwaysOnTop);
    if (!WindowDouble.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { preload, partition = '', nodeIntegrationInSubFrames = false } = options.webPreferences ?? {};
    this.#settings = { partition, preload: preload ?? null, subFrames: nodeIntegrationInSubFrames };
    this.#visible = show;
    const contents = new ContentsDouble(sessionOf(partition), options.webPreferences ?? {});
    this.id = contents.id;
    this.webContents = surface('webContents', contents, false);
    this.#self = surface('BrowserWindow', this as WindowDouble, false);
    contents.on('close-requested', () => this.close());
    open.set(this.id, this.#self);
    WindowDouble.app.emit('web-contents-created', {}, this.webContents);
    WindowDouble.app.emit('browser-window-created', {}, this.#self);
    // The shell gets the proxy, which throws for missing members.
    return this.#self;
  }

  #page(): Promise<void> {
    const { width, height } = this.getBounds();
    const { partition, preload, subFrames } = this.#settings;
    this.#opened ??= browser.call('open', this.id, {
      partition,
      preload: preload === null ? null : readFileSync(preload, 'utf8'),
      preloadInSubFrames: subFrames,
      width,
      height,
    });
    return this.#opened;
  }

  async loadURL(url: string): Promise<void> {
    await this.#page();
    await browser.call('load', this.id, url);
  }

  reload(): void {
    this.webContents.reload();
  }

  /** Called when Chromium has loaded a document. */
  loaded(): void {
    this.webContents.emit('dom-ready', {});
    this.webContents.emit('did-finish-load', {});
    if (this.#painted) return;
    this.#painted = true;
    this.emit('ready-to-show', {});
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.blur();
    this.emit('hide');
  }

  focus(): void {
    if (!this.#visible || focused === this.#self) return;
    focused?.blur();
    focused = this.#self;
    this.webContents.focus();
    this.emit('focus');
    WindowDouble.app.emit('browser-window-focus', {}, this.#self);
  }

  blur(): void {
    if (focused !== this.#self) return;
    focused = null;
    this.emit('blur');
    WindowDouble.app.emit('browser-window-blur', {}, this.#self);
  }

  isFocused = (): boolean => focused === this.#self;
  isVisible = (): boolean => this.#visible;
  isDestroyed = (): boolean => this.#destroyed;

  /** Can be prevented, like the close button of a window. */
  close(): void {
    if (this.#destroyed || emitPreventable(this, 'close', {})) return;
    this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.blur();
    this.#destroyed = true;
    open.delete(this.id);
    this.webContents.destroyed();
    if (this.#opened !== null) browser.call('close', this.id).catch(() => undefined);
    this.emit('closed');
    if (open.size === 0) WindowDouble.app.lastWindowClosed();
  }
}
