/** The app:// scheme: how the window gets its files without a server and without file: URLs. */
import { protocol, session } from 'electron';
import { answerPage } from './page-answer.ts';
import { SCHEME } from './places.ts';

/** Before the app is ready, once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** After the app is ready. */
export function servePages(windowFolder: string): void {
  session.defaultSession.protocol.handle(SCHEME, (request) => answerPage(windowFolder, request.method, request.url));
}
