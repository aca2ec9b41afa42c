/** `Menu` and `MenuItem`: tests can read and click items. No menu bar is shown. */
import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { surface } from './surface.ts';

export class MenuItemDouble {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: MenuDouble | undefined;
  readonly #act: ((...args: never[]) => void) | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id ?? '';
    // Electron keeps the roles in lower case.
    this.role = options.role?.toLowerCase();
    this.label = options.label ?? options.role ?? '';
    this.type = options.type ?? (options.submenu === undefined ? 'normal' : 'submenu');
    this.accelerator = typeof options.accelerator === 'string' ? options.accelerator : undefined;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(options.submenu) ? MenuDouble.buildFromTemplate(options.submenu) : undefined;
    this.#act = options.click;
  }

  click(): void {
    if (this.enabled) this.#act?.(this as never);
  }
}

let applicationMenu: MenuDouble | null = null;

export class MenuDouble extends EventEmitter {
  items: MenuItemDouble[] = [];

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItemDouble)[]): MenuDouble {
    const menu = new MenuDouble();
    for (const entry of template) menu.append(entry instanceof MenuItemDouble ? entry : new MenuItemDouble(entry));
    return surface('Menu', menu, false);
  }
  static setApplicationMenu = (menu: MenuDouble | null): void => void (applicationMenu = menu);
  static getApplicationMenu = (): MenuDouble | null => applicationMenu;

  append(item: MenuItemDouble): void {
    this.items = [...this.items, item];
  }

  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  popup(_options?: unknown): void {
    // There is nothing to see.
  }

  closePopup(): void {
    // As above.
  }
}
