/** A real loopback host with a fake window, and clients for it: raw bytes, fetch, WebSocket. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { HostFrame } from '#shared/api/wire.ts';
import { type Loopback, type LoopbackOptions, startLoopback } from '../../../electron/loopback/start.ts';
import { fakeCore, type FakeCore } from './fake-core.ts';

export const PAGE = '<!doctype html><title>Rollbook</title><script type="module" src="./assets/main.js"></script>';
export const SECRET_TEXT = 'this file lies outside of the window';

/** The folder of the test. `window/` in it is served; `outside.txt` next to that must never be. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'window/assets'), { recursive: true });
  mkdirSync(join(folder, 'window-other'));
  writeFileSync(join(folder, 'window/index.html'), PAGE);
  writeFileSync(join(folder, 'window/assets/main.js'), 'export {};\n');
  writeFileSync(join(folder, 'window/.hidden'), SECRET_TEXT);
  writeFileSync(join(folder, 'outside.txt'), SECRET_TEXT);
  writeFileSync(join(folder, 'window-other/outside.txt'), SECRET_TEXT);
  symlinkSync(join(folder, 'outside.txt'), join(folder, 'window/link.txt'));
  return folder;
}

export interface Running {
  readonly host: Loopback;
  readonly core: FakeCore;
  readonly folder: string;
  readonly port: number;
  readonly token: string;
}

export async function running(options: Partial<LoopbackOptions> = {}, core: FakeCore = fakeCore()): Promise<Running> {
  const folder = testFolder();
  const host = await startLoopback({ windowFolder: join(folder, 'window'), linkParent: folder, ...options, core });
  onTestFinished(() => host.close());
  return { host, core, folder, port: Number(new URL(host.origin).port), token: tokenOf(host.url) };
}

export const tokenOf = (url: string): string => new URL(url).hash.replace('#token=', '');

/** Sends bytes, and answers everything received until the host closes the connection. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let all = '';
    socket.on('data', (bytes) => (all += bytes.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(all) : reject(error)));
    socket.on('close', () => resolve(all));
  });
}

/** One request with the right Host, or the given headers. The connection closes after the answer. */
export function request(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<string> {
  const all = { Host: `127.0.0.1:${port}`, Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return raw(port, `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

export const statusOf = (response: string): number => Number(/^HTTP\/1\.1 (\d+)/u.exec(response)?.[1]);

/** POST /session as by the page. `headers` replace some of its headers. */
export function postSession(host: Loopback, token: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${host.origin}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: host.origin, ...headers },
    body: JSON.stringify({ token }),
  });
}

export async function secretFor(host: Loopback): Promise<string> {
  const response = await postSession(host, tokenOf((await host.newLink()).url));
  return ((await response.json()) as { secret: string }).secret;
}

export interface TestWindow {
  readonly socket: WebSocket;
  /** All frames received so far, in order. */
  readonly frames: HostFrame[];
  /** Resolves when `enough` holds for the frames. */
  until(enough: (frames: readonly HostFrame[]) => boolean): Promise<void>;
  send(value: unknown): void;
  /** The close code. */
  readonly closed: Promise<number>;
}

/** A socket that sends no greeting. Rejects with the HTTP status when the upgrade is refused. */
export async function openSocket(
  host: Loopback,
  path = '/socket',
  headers: Record<string, string> = {},
): Promise<TestWindow> {
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}${path}`, {
    headers: { Origin: host.origin, ...headers },
    perMessageDeflate: false,
  });
  onTestFinished(() => socket.terminate());
  const frames: HostFrame[] = [];
  const watchers = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as HostFrame);
    for (const watcher of watchers) watcher();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('unexpected-response', (_request, response) => reject(new Error(`refused ${response.statusCode}`)));
    socket.on('error', reject);
  });
  return {
    socket,
    frames,
    closed,
    send: (value) => socket.send(JSON.stringify(value)),
    until: (enough) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!enough(frames)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

/** A window that has logged in and been greeted. */
export async function admitted(host: Loopback): Promise<TestWindow> {
  const secret = await secretFor(host);
  const window = await openSocket(host);
  window.send({ secret });
  await window.until((frames) => frames.length === 1);
  return window;
}
