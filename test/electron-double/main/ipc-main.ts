import { IpcMainDouble } from './ipc.ts';
import { surface } from './surface.ts';

/** One for the process. */
export const ipcMain = surface('ipcMain', new IpcMainDouble());
