/** The module that the main bundle gets for `import ... from 'electron'`, see hook.ts. */
import type Electron from 'electron';
import { AppDouble } from './app.ts';
import { ContentsDouble } from './contents.ts';
import { NotificationDouble, TrayDouble, nativeImage } from './notification-area.ts';
import { MenuDouble, MenuItemDouble } from './menus.ts';
import { setModule } from './module.ts';
import { surface } from './surface.ts';
import { WindowDouble } from './windows.ts';
import { ipcMain } from './ipc-main.ts';
import {
  clipboard,
  dialog,
  globalShortcut,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
} from './machine.ts';
import { protocol, session } from './protocol.ts';

const theApp = new AppDouble();
export const app = surface('app', theApp);
WindowDouble.app = theApp;

export const BrowserWindow = surface('BrowserWindow', WindowDouble, false);
export const Menu = surface('Menu', MenuDouble);
export const MenuItem = MenuItemDouble;
export const Tray = TrayDouble;
export const Notification = NotificationDouble;
export const webContents = surface(
  'webContents',
  {
    getAllWebContents: (): ContentsDouble[] => WindowDouble.getAllWindows().map((window) => window.webContents),
    fromId: (id: number): ContentsDouble | undefined => WindowDouble.fromId(id)?.webContents,
  },
  false,
);
/** Requests of the app itself: none are made. */
export const net = surface('net', { fetch: (url: string) => session.defaultSession.fetch(url) });
export {
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};

const all = {
  app,
  BrowserWindow,
  Menu,
  MenuItem,
  Tray,
  Notification,
  webContents,
  net,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} satisfies { [N in keyof typeof Electron]?: unknown };
setModule(all);
export default all;
