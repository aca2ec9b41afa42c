/** From an HTTP upgrade to a window's socket: Host, Origin and path are checked before anything is accepted. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CLOSE, SOCKET_PATH } from '#shared/api/wire.ts';
import { answerRaw } from './answer.ts';
import { type Address, hostIsOurs, originIsOurs, pathOf } from './gate.ts';
import { attachWindow, type WindowParts } from './window-socket.ts';

export interface Upgrades {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends a close frame to every window and resolves when all are gone; windows that do not answer need `cut`. */
  close(): Promise<void>;
  cut(): void;
}

export function openUpgrades(address: Address, parts: WindowParts): Upgrades {
  // Compression would let the length of an answer tell something about its secrets, and costs time on loopback.
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: parts.limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  return {
    handle(request, socket, head) {
      const path = pathOf(request);
      if (!hostIsOurs(request, address)) answerRaw(socket, address, 421, `Rollbook answers at ${address.origin} only.`);
      else if (!originIsOurs(request, address))
        answerRaw(socket, address, 403, 'Only the page of this Rollbook may connect.');
      else if (path !== SOCKET_PATH) answerRaw(socket, address, 404, 'There is no socket here.');
      else if (request.headers.upgrade?.toLowerCase() !== 'websocket')
        answerRaw(socket, address, 400, 'Only WebSocket here.');
      else server.handleUpgrade(request, socket, head, (window) => attachWindow(window, parts));
    },
    async close() {
      const gone = [...server.clients].map((window) => new Promise((resolve) => window.once('close', resolve)));
      for (const window of server.clients) window.close(CLOSE.ending, 'Rollbook is ending');
      await Promise.all(gone);
    },
    cut() {
      for (const window of server.clients) window.terminate();
      server.close();
    },
  };
}
