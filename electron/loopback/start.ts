/**
 * The loopback host: the same window as on the desktop, served to a browser on this machine.
 * Ways in: links.ts (one-time link) -> admission.ts (token for a secret) -> window-socket.ts (secret, then calls).
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Core } from '#core/connection.ts';
import { requireWindow } from '#core/window/window-file.ts';
import { RollbookError } from '#shared/api/result.ts';
import { answer, answerRaw, text } from './answer.ts';
import { type Address, addressOf } from './gate.ts';
import { LIMITS, type LoopbackLimits } from './limits.ts';
import { type Link, openLinks } from './links.ts';
import { answerRequest } from './requests.ts';
import { Sessions } from './sessions.ts';
import { openUpgrades } from './upgrades.ts';

export interface LoopbackOptions {
  readonly core: Core;
  /** The built window (dist/window). */
  readonly windowFolder: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The host ends after this many minutes without a window, unless a changing command runs. Default: never. */
  readonly idleMinutes?: number;
  /** Parent of the private folder of the redirect files; the platform's temporary folder by default. */
  readonly linkParent?: string;
  /** Called with the number of admitted windows when it changes. */
  readonly onWindows?: (windows: number) => void;
  readonly limits?: Partial<LoopbackLimits>;
}

export interface Loopback extends Link {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Another one-time link, for a second tab or a test. */
  newLink(): Promise<Link>;
  /** Admitted windows that are connected now. */
  windows(): number;
  /** Ends the host (not the core): windows get a close frame, files are removed, the port is free afterwards. */
  close(): Promise<void>;
  /** Resolves when the host has ended. */
  readonly ended: Promise<void>;
}

/** How long windows have to answer the close frame, ms. */
const GOODBYE_MS = 500;

/** Codes: `environment` (window not built, port taken, no place for the redirect file). */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const limits: LoopbackLimits = { ...LIMITS, ...options.limits };
  await requireWindow(options.windowFolder);
  const server = newServer(limits);
  const address = addressOf(await listen(server, options.port ?? 0));
  const links = await openLinks(address.origin, options.linkParent ?? tmpdir(), limits.links).catch(
    (thrown: unknown) => {
      server.close();
      throw new RollbookError(
        'environment',
        `The start link could not be written: ${String(thrown)}.`,
        'Check the disk.',
      );
    },
  );
  const sessions = new Sessions();
  const first = await links.create();

  let windows = 0;
  const count = (change: 1 | -1): void => {
    windows += change;
    idle?.changed(windows);
    options.onWindows?.(windows);
  };
  const parts = {
    core: options.core,
    sessions,
    limits,
    newLink: async () => (await links.create()).url,
    onAdmitted: () => count(1),
    onGone: () => count(-1),
  };
  const upgrades = openUpgrades(address, parts);
  wire(server, address, (request, response) =>
    answerRequest(request, response, { address, windowFolder: options.windowFolder, links, sessions, limits }),
  );
  server.on('upgrade', (request, socket, head) => upgrades.handle(request, socket, head));

  const ended = Promise.withResolvers<void>();
  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return ended.promise;
    closing = true;
    idle?.stop();
    const windowsGone = upgrades.close();
    const gone = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cut = setTimeout(() => {
      upgrades.cut();
      server.closeAllConnections();
    }, GOODBYE_MS);
    await Promise.all([gone, windowsGone, links.close()]);
    clearTimeout(cut);
    upgrades.cut();
    ended.resolve();
  };
  const idle =
    options.idleMinutes === undefined
      ? null
      : new IdleTimer(
          options.idleMinutes * 60_000,
          () => options.core.running().length > 0,
          () => void close(),
        );

  const newLink = (): Promise<Link> => links.create();
  return { origin: address.origin, ...first, newLink, windows: () => windows, close, ended: ended.promise };
}

function newServer(limits: LoopbackLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    maxHeaderSize: limits.headerBytes,
    keepAliveTimeout: 5_000,
    // Refused by our own check, which sends the security headers; Node's does not.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  return server;
}

function wire(server: Server, address: Address, handle: (...args: Parameters<RequestHandler>) => Promise<void>): void {
  server.on('request', (request, response) => void handle(request, response));
  server.on('checkExpectation', (_request, response) =>
    answer(response, address, 417, text('The Expect header is not supported.'), { Connection: 'close' }),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') answerRaw(socket, address, 408, 'This request took too long.');
    else if (error.code === 'HPE_HEADER_OVERFLOW') answerRaw(socket, address, 431, 'The headers are too large.');
    else answerRaw(socket, address, 400, 'This is not a readable request.');
  });
}

type RequestHandler = NonNullable<Parameters<typeof createServer>[1]>;

/** Listens on 127.0.0.1 and nothing else; answers the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const what = taken
        ? `Port ${port} on 127.0.0.1 is taken.`
        : `127.0.0.1:${port} cannot be served: ${error.message}.`;
      reject(new RollbookError('environment', what, 'Choose another port, or leave it out to take a free one.'));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Ends the host when no window was connected for `ms` and no changing command runs. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;
  #ms: number;
  #busy: () => boolean;
  #onIdle: () => void;

  constructor(ms: number, busy: () => boolean, onIdle: () => void) {
    this.#ms = ms;
    this.#busy = busy;
    this.#onIdle = onIdle;
    this.#start();
  }

  /** Call it whenever the number of windows changes. */
  changed(windows: number): void {
    if (windows === 0) this.#start();
    else this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.stop();
    this.#timer = setTimeout(() => (this.#busy() ? this.#start() : this.#onIdle()), this.#ms);
  }
}

/** The number of connected windows, with promises to wait for a change. */
export class WindowCount {
  #count = 0;
  #seen = Promise.withResolvers<void>();
  #change = Promise.withResolvers<void>();

  /** Resolves when the first window has connected. */
  readonly seen: Promise<void> = this.#seen.promise;

  changed(windows: number): void {
    this.#count = windows;
    if (windows > 0) this.#seen.resolve();
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }

  /** Resolves when no window is connected, at once if so. */
  async empty(): Promise<void> {
    while (this.#count > 0) await this.#change.promise;
  }

  /** Resolves at the next change. */
  next(): Promise<void> {
    return this.#change.promise;
  }
}
