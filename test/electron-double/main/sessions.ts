/** `session`: the handlers of a session, with Electron's defaults, which grant everything until told otherwise. */
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import type { Answer } from '../messages.ts';
import { surface } from './surface.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type Check = Parameters<Session['setPermissionCheckHandler']>[0];
type Ask = Parameters<Session['setPermissionRequestHandler']>[0];

export class SessionDouble
  extends EventEmitter
  implements Pick<Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'>
{
  readonly partition: string;
  readonly #schemes = new Map<string, ProtocolHandler>();
  #check: Check = null;
  #ask: Ask = null;

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (this.#schemes.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      this.#schemes.set(scheme, handler);
    },
    unhandle: (scheme: string): void => void this.#schemes.delete(scheme),
    isProtocolHandled: (scheme: string): boolean => this.#schemes.has(scheme),
  };

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  setPermissionCheckHandler(handler: Check): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: Ask): void {
    this.#ask = handler;
  }

  setDevicePermissionHandler(_handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    // Only recorded: Chromium offers no device unless a person chooses one.
  }

  setDisplayMediaRequestHandler(_handler: unknown): void {
    // As above.
  }

  setSpellCheckerEnabled(_enable: boolean): void {
    // Chromium's own spell checker is not in a page of Playwright.
  }

  /** The permissions of a page of this session. Both handlers must grant them; a missing handler does. */
  async grants(permission: string, url: string): Promise<boolean> {
    const { origin } = new URL(url);
    const checked = this.#check?.(null, permission as never, origin === 'null' ? url : origin, {
      isMainFrame: true,
      requestingUrl: url,
    });
    if (checked === false) return false;
    const ask = this.#ask;
    if (ask === null) return true;
    return new Promise((resolve) =>
      ask(null as never, permission as never, resolve, { isMainFrame: true, requestingUrl: url }),
    );
  }

  async answer(url: string, method: string, headers: Readonly<Record<string, string>>): Promise<Answer | null> {
    const handler = this.#schemes.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) return null;
    const response = await handler(requestOf(url, method, headers));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }

  /** Only for handled schemes: the double makes no other requests. */
  async fetch(url: string, { method = 'GET' }: { readonly method?: string } = {}): Promise<Response> {
    const handler = this.#schemes.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error('net::ERR_UNKNOWN_URL_SCHEME');
    return handler(requestOf(url, method, {}));
  }
}

/** Node's Request refuses a method that Chromium allows (TRACE); the handler reads only these three properties. */
const requestOf = (url: string, method: string, headers: Readonly<Record<string, string>>): Request =>
  ({ url: new URL(url).href, method, headers: new Headers(headers) }) as Request;

const sessions = new Map<string, SessionDouble>();

export function sessionOf(partition: string): SessionDouble {
  const known = sessions.get(partition);
  if (known !== undefined) return known;
  const label = partition === '' ? 'session.defaultSession' : `session(${partition})`;
  const made = new SessionDouble(partition);
  const shown = surface(label, made);
  Object.defineProperty(made, 'protocol', { value: surface(`${label}.protocol`, made.protocol) });
  sessions.set(partition, shown);
  return shown;
}
