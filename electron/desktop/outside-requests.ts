/** How files and links reach the app: arguments, a second start, macOS events, a file dropped on the window. */
import { app, ipcMain } from 'electron';
import { DROPPED } from './channels.ts';
import { Inbox } from './inbox.ts';
import { LINK_SCHEME, type OutsideRequest, requestOf, requestsOf, requestsOfSecondStart } from './requests.ts';
import { mayCall } from './permissions.ts';
import { bringToFront } from './window.ts';

/** Before the app is ready, in the process that has the lock. */
export function listenOutside(): Inbox<OutsideRequest> {
  const requests = new Inbox<OutsideRequest>();
  const put = (request: OutsideRequest | null): void => {
    if (request !== null) requests.put(request);
  };
  app.on('second-instance', (_event, _argv, _cwd, told) => {
    bringToFront();
    for (const request of requestsOfSecondStart(told)) requests.put(request);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    put(requestOf(path, process.cwd()));
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    // Only a link: no address may name a file.
    const request = requestOf(url, process.cwd());
    put(request?.kind === 'incident' ? request : null);
  });
  ipcMain.on(DROPPED, (event, path: unknown) => {
    if (mayCall(event.senderFrame) && typeof path === 'string') put(requestOf(path, process.cwd()));
  });
  for (const request of requestsOf(process.argv.slice(1), process.cwd())) requests.put(request);
  // A checkout must not take the links of an installed Rollbook.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  return requests;
}
