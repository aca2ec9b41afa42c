/** A browser tab for the bridge, made of Node's fetch and ws, against a real loopback host. */
import { WebSocket } from 'ws';
import type { Place, Socket } from '../../../renderer/bridge/place.ts';
import type { Loopback } from '../../../electron/loopback/start.ts';
import { tokenOf } from './harness.ts';

export interface Tab extends Place {
  /** The sessionStorage of this tab: give it to another `tab` for a reload. */
  readonly stored: Map<string, string>;
  /** Waits the bridge asked for, ms; they run at once unless `hold` is set. */
  readonly waits: number[];
  hold: boolean;
  /** Runs a wait that was held back. */
  release(): void;
  readonly sockets: WebSocket[];
}

/** `url` null is a reload or a typed address: there is no token in it. */
export function tab(host: Loopback, url: string | null, stored = new Map<string, string>()): Tab {
  const held: (() => void)[] = [];
  let token = url === null ? null : tokenOf(url);
  const place: Tab = {
    stored,
    waits: [],
    hold: false,
    sockets: [],
    release: () => held.shift()?.(),
    takeToken() {
      const taken = token;
      token = null;
      return taken;
    },
    secret: {
      read: () => stored.get('secret') ?? null,
      write: (secret) => void stored.set('secret', secret),
      forget: () => void stored.delete('secret'),
    },
    async exchange(spent) {
      const response = await fetch(`${host.origin}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: host.origin },
        body: JSON.stringify({ token: spent }),
      });
      return { ok: response.ok, body: await response.json() };
    },
    openSocket() {
      const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/socket`, { headers: { Origin: host.origin } });
      // The browser tells a failed connection by its close event alone.
      socket.on('error', () => undefined);
      place.sockets.push(socket);
      return socket as unknown as Socket;
    },
    after(ms, callback) {
      place.waits.push(ms);
      if (place.hold) held.push(callback);
      else setImmediate(callback);
    },
  };
  return place;
}
