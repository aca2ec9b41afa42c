/** Size, place and state of a window, which are only stored and have no effect in Chromium. */
import { EventEmitter } from 'node:events';
import type { Rectangle } from 'electron';

export class WindowGeometry extends EventEmitter {
  #bounds: Rectangle;
  #state: 'normal' | 'minimized' | 'maximized' | 'full screen' = 'normal';
  #onTop = false;
  #title: string;

  constructor(bounds: Rectangle, title: string, onTop: boolean) {
    super();
    this.#bounds = bounds;
    this.#title = title;
    this.#onTop = onTop;
  }

  getBounds = (): Rectangle => ({ ...this.#bounds });
  getNormalBounds = (): Rectangle => this.getBounds();
  getContentBounds = (): Rectangle => this.getBounds();
  getSize = (): number[] => [this.#bounds.width, this.#bounds.height];
  getPosition = (): number[] => [this.#bounds.x, this.#bounds.y];
  setSize = (width: number, height: number): void => this.setBounds({ width, height });
  setContentSize = (width: number, height: number): void => this.setBounds({ width, height });
  setPosition = (x: number, y: number): void => this.setBounds({ x, y });
  setMinimumSize = (_width: number, _height: number): void => undefined;

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (x !== before.x || y !== before.y) this.emit('move');
    if (width !== before.width || height !== before.height) this.emit('resize');
  }

  isMinimized = (): boolean => this.#state === 'minimized';
  isMaximized = (): boolean => this.#state === 'maximized';
  isFullScreen = (): boolean => this.#state === 'full screen';
  minimize = (): void => this.#enter('minimized', 'minimize');
  maximize = (): void => this.#enter('maximized', 'maximize');
  unmaximize = (): void => this.#enter('normal', 'unmaximize');
  restore = (): void => this.#enter('normal', 'restore');
  setFullScreen = (on: boolean): void =>
    this.#enter(on ? 'full screen' : 'normal', on ? 'enter-full-screen' : 'leave-full-screen');

  #enter(state: 'normal' | 'minimized' | 'maximized' | 'full screen', event: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit(event);
  }

  setAlwaysOnTop = (on: boolean): void => void (this.#onTop = on);
  isAlwaysOnTop = (): boolean => this.#onTop;
  setTitle = (title: string): void => void (this.#title = title);
  getTitle = (): string => this.#title;
  moveTop = (): void => undefined;
  center = (): void => undefined;
  setVisibleOnAllWorkspaces = (_on: boolean): void => undefined;
  setBackgroundColor = (_color: string): void => undefined;
  setMenuBarVisibility = (_on: boolean): void => undefined;
  setAutoHideMenuBar = (_on: boolean): void => undefined;
  removeMenu = (): void => undefined;
  setMenu = (_menu: unknown): void => undefined;
  setResizable = (_on: boolean): void => undefined;
  setIcon = (_icon: unknown): void => undefined;
  setAppDetails = (_details: unknown): void => undefined;
  flashFrame = (_on: boolean): void => undefined;
  setProgressBar = (_progress: number): void => undefined;
  setOverlayIcon = (_icon: unknown, _description: string): void => undefined;
}
