/** The browser functions that the loopback bridge needs. Tests pass their own. */
import { SESSION_PATH, SOCKET_PATH, TOKEN_FRAGMENT } from '#shared/api/wire.ts';

/** The used part of WebSocket. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
}

export interface Place {
  /**
   * The one-time token of the URL, or null. Removes it from the URL and the history; the rest of the link
   * (`#token=TOKEN&/incident/ID`) stays.
   */
  takeToken(): string | null;
  /** The session secret. It survives a reload of this tab only. */
  readonly secret: { read(): string | null; write(secret: string): void; forget(): void };
  /** POST /session. Rejects when the host does not answer. */
  exchange(token: string): Promise<{ readonly ok: boolean; readonly body: unknown }>;
  openSocket(): Socket;
  /** Calls back after `ms`. */
  after(ms: number, callback: () => void): void;
}

const SECRET_KEY = 'rollbook.session';

export function browserPlace(): Place {
  return {
    takeToken() {
      const { hash, pathname, search } = window.location;
      if (!hash.startsWith(TOKEN_FRAGMENT)) return null;
      const [token = '', ...rest] = hash.slice(TOKEN_FRAGMENT.length).split('&');
      const route = rest.length === 0 ? '' : `#${rest.join('&')}`;
      window.history.replaceState(window.history.state, '', `${pathname}${search}${route}`);
      return token;
    },
    secret: {
      read: () => window.sessionStorage.getItem(SECRET_KEY),
      write: (secret) => window.sessionStorage.setItem(SECRET_KEY, secret),
      forget: () => window.sessionStorage.removeItem(SECRET_KEY),
    },
    async exchange(token) {
      const response = await fetch(SESSION_PATH, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
        credentials: 'omit',
      });
      return { ok: response.ok, body: await response.json().catch(() => null) };
    },
    openSocket() {
      const url = new URL(SOCKET_PATH, window.location.origin);
      url.protocol = 'ws:';
      return new WebSocket(url) as Socket;
    },
    after: (ms, callback) => void setTimeout(callback, ms),
  };
}
