/** A browser tab for the bridge of the loopback host, made of Node's own fetch and ws. */
import { WebSocket } from 'ws';
import { SESSION_PATH, SOCKET_PATH, TOKEN_FRAGMENT } from '#shared/contract/wire.ts';
import type { Place, Socket } from '../../../renderer/bridge/place.ts';

/** `link`: a one-time address. */
export function tabOf(link: string): Place {
  const { origin, hash } = new URL(link);
  let token: string | null = hash.slice(TOKEN_FRAGMENT.length);
  let secret: string | null = null;
  return {
    takeToken() {
      const taken = token;
      token = null;
      return taken;
    },
    secret: {
      read: () => secret,
      write: (given) => void (secret = given),
      forget: () => void (secret = null),
    },
    async exchange(spent) {
      const response = await fetch(new URL(SESSION_PATH, origin), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin },
        body: JSON.stringify({ token: spent }),
      });
      return { ok: response.ok, body: await response.json() };
    },
    openSocket() {
      const socket = new WebSocket(new URL(SOCKET_PATH, origin.replace(/^http/, 'ws')), {
        headers: { Origin: origin },
      });
      // A browser tells a failed connection by its close event alone.
      socket.on('error', () => undefined);
      return socket as unknown as Socket;
    },
    after: (ms, callback) => void setTimeout(callback, ms).unref(),
  };
}
