/** Tray, notifications and images, which are recorded and never shown. */
import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import type { MenuDouble } from './menus.ts';
import { record, surface, isReady } from './surface.ts';

export class TrayDouble extends EventEmitter {
  title = '';
  toolTip = '';
  menu: MenuDouble | null = null;
  #destroyed = false;

  constructor(_image: unknown) {
    super();
    record.push({ name: 'new Tray', args: [], ready: isReady() });
    return surface('Tray', this as TrayDouble);
  }

  setTitle = (title: string, _options?: unknown): void => void (this.title = title);
  getTitle = (): string => this.title;
  setToolTip = (text: string): void => void (this.toolTip = text);
  setContextMenu = (menu: MenuDouble | null): void => void (this.menu = menu);
  setImage = (_image: unknown): void => undefined;
  setPressedImage = (_image: unknown): void => undefined;
  setIgnoreDoubleClickEvents = (_ignore: boolean): void => undefined;
  popUpContextMenu = (_menu?: unknown): void => undefined;
  isDestroyed = (): boolean => this.#destroyed;
  destroy = (): void => void (this.#destroyed = true);
}

export class NotificationDouble extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly title: string;
  readonly body: string;

  constructor(readonlyOptions: NotificationConstructorOptions = {}) {
    super();
    this.title = readonlyOptions.title ?? '';
    this.body = readonlyOptions.body ?? '';
    return surface('Notification', this as NotificationDouble, false);
  }

  show(): void {
    record.push({ name: 'Notification.show', args: [{ title: this.title, body: this.body }], ready: isReady() });
    this.emit('show', {});
  }

  close(): void {
    this.emit('close', {});
  }
}

/** An image without pixels. */
function image(): object {
  return surface(
    'NativeImage',
    {
      isEmpty: () => false,
      setTemplateImage: (_on: boolean) => undefined,
      addRepresentation: (_options: unknown) => undefined,
      resize: () => image(),
      getSize: () => ({ width: 16, height: 16 }),
      toDataURL: () => 'data:image/png;base64,',
      toPNG: () => Buffer.alloc(0),
    },
    false,
  );
}

export const nativeImage = surface(
  'nativeImage',
  {
    createEmpty: image,
    createFromPath: (_path: string) => image(),
    createFromBuffer: (_bytes: Buffer, _options?: unknown) => image(),
    createFromBitmap: (_bytes: Buffer, _options?: unknown) => image(),
    createFromDataURL: (_url: string) => image(),
  },
  false,
);
