import { IpcMainDouble } from './ipc.ts';
import { surface } from './surface.ts';

/** There is one per process. */
export const ipcMain = surface('ipcMain', new IpcMainDouble());
