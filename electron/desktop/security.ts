/** Forbids what no page may do in this app, whatever it contains. */
import { app, session, shell } from 'electron';
import { isWebLink } from './places.ts';
import { mayUse } from './permissions.ts';

/** After the app is ready, before the first window: holds for every web contents that is made from then on. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    // The one page is loaded by the main process, which these events do not concern; nothing leads away from it.
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isWebLink(url)) void shell.openExternal(url).catch(() => undefined);
      return { action: 'deny' };
    });
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin),
  );
  session.defaultSession.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayUse(permission, details.requestingUrl)),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}
