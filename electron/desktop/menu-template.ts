/** The menu: the platform's own roles (copy and paste on macOS live in them) and the ways to Rollbook's screens. */
import type { MenuItemConstructorOptions } from 'electron';

/** The actions of the menu and the tray. */
export interface MenuActs {
  readonly openRunbook: () => void;
  readonly declare: () => void;
  readonly drill: () => void;
  readonly reference: () => void;
  readonly report: () => void;
  readonly clock: () => void;
  readonly home: () => void;
  /** Offered by the packaged app only: a checkout has its own command. */
  readonly installCommand: () => void;
}

export interface UpdateSwitch {
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

export interface MenuSettings {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly acts: MenuActs;
  /** null: there is no address to ask, so there is nothing to switch. */
  readonly updates: UpdateSwitch | null;
}

/** No accelerator here is one of the page's keys (renderer/app/keys.ts) or of the roles. */
export function menuTemplate({ platform, packaged, acts, updates }: MenuSettings): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open Runbook...', accelerator: 'CmdOrCtrl+O', click: acts.openRunbook },
        ...(packaged ? [{ label: 'Install the `rollbook` Command...', click: acts.installCommand }] : []),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Incident',
      submenu: [
        { label: 'Home', accelerator: 'CmdOrCtrl+Shift+H', click: acts.home },
        { label: 'Declare...', accelerator: 'CmdOrCtrl+N', click: acts.declare },
        { label: 'Drill...', accelerator: 'CmdOrCtrl+D', click: acts.drill },
        { type: 'separator' },
        { label: 'Reference', accelerator: 'F1', click: acts.reference },
        { label: 'Report', accelerator: 'CmdOrCtrl+E', click: acts.report },
        { type: 'separator' },
        { label: 'Compact Clock', accelerator: 'CmdOrCtrl+Shift+K', click: acts.clock },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    ...(updates === null ? [] : [helpMenu(updates)]),
  ];
}

const helpMenu = ({ on, set }: UpdateSwitch): MenuItemConstructorOptions => ({
  role: 'help',
  submenu: [
    {
      label: 'Look for a New Version Daily',
      type: 'checkbox',
      checked: on,
      click: ({ checked }) => set(checked),
    },
  ],
});
