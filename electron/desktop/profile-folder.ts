/**
 * Where Chromium keeps its own things (cache, lock of the single instance): inside of the data folder, so that each
 * data folder has one Rollbook and nothing is mixed with the store on macOS, where both would share a name.
 */
import { join } from 'node:path';
import { app } from 'electron';
import { dataFolder } from '#core/this-machine.ts';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { prepareFolder } from '#core/store/folder.ts';

/** Called before the app is ready and before the lock is requested. An unusable folder is reported when the core opens. */
export function chooseProfileFolder(): void {
  try {
    // An explicit --user-data-dir is respected.
    if (app.commandLine.hasSwitch('user-data-dir')) return;
    const folder = dataFolder(process.env);
    prepareFolder(folder);
    const profile = join(folder, 'window');
    makePrivateFolder(profile);
    app.setPath('userData', profile);
  } catch {
    // The core meets the same trouble and reports it.
  }
}
