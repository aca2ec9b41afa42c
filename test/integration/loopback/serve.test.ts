import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Integrations } from '../../../electron/loopback/find-browser.ts';
import { openWindow } from '../../../electron/loopback/open-window.ts';
import { serve, type ServeOptions } from '../../../electron/loopback/serve.ts';
import { connectLoopback } from '../../../renderer/bridge/loopback.ts';
import { fakeCore, type FakeCore } from './fake-core.ts';
import { testFolder } from './harness.ts';
import { tab, type Tab } from '../../fixtures/loopback-tab.ts';

const NO_DISPLAY: Integrations = { platform: 'linux', env: {}, isProgram: () => true };
const WITH_BROWSER: Integrations = {
  platform: 'linux',
  env: { DISPLAY: ':0', PATH: '/usr/bin' },
  isProgram: (path) => path === '/usr/bin/chromium',
};
/** Long enough never to end during the test. */
const PATIENT = { showMs: 600_000, goneMs: 10 };

interface Served {
  readonly core: FakeCore;
  readonly folder: string;
  readonly lines: string[];
  readonly done: Promise<void>;
  /** Resolves with the first printed line that contains `part`. */
  readonly line: (part: string) => Promise<string>;
}

function serving(options: Partial<ServeOptions>): Served {
  const folder = testFolder();
  const core = fakeCore((name) => ({ ok: true, value: name === 'app.info' ? { folder } : null }));
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  const print = (line: string): void => {
    lines.push(line);
    for (const watcher of watchers) watcher(line);
  };
  const done = serve(core, { open: true, port: 0, print, windowFolder: join(folder, 'window'), ...options });
  const line = (part: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (text: string): void => {
        if (text.includes(part)) resolve(text);
      };
      watchers.add(look);
      lines.forEach(look);
    });
  return { core, folder, lines, done, line };
}

const urlIn = (line: string): string => /http:\S+/u.exec(line)?.[0] ?? '';

/** A tab that opened the printed address. */
function visit(url: string): { readonly place: Tab; readonly bridge: ReturnType<typeof connectLoopback> } {
  const place = tab(new URL(url), url);
  place.hold = true;
  onTestFinished(() => {
    for (const socket of place.sockets) socket.terminate();
  });
  return { place, bridge: connectLoopback(place) };
}

describe('without a window', () => {
  it('says why, prints an address that works once, and ends on SIGTERM', async () => {
    const { core, lines, line, done } = serving({ integrations: NO_DISPLAY });
    const url = urlIn(await line('it works once'));
    expect(lines[0]).toBe('No browser was opened: there is no display (DISPLAY and WAYLAND_DISPLAY are not set).');
    expect(await visit(url).bridge.call('app.info', {})).toMatchObject({ ok: true });
    core.changing = [{ incidentId: 'i', runId: 'r', shown: 'fly deploy' }];
    process.emit('SIGTERM', 'SIGTERM');
    await done;
    expect(lines.slice(-2)).toEqual([
      'Changing commands that go on by themselves: 1. The next start finds their results.',
      'Rollbook has ended.',
    ]);
    expect(lines.filter((text) => text.includes('token'))).toHaveLength(1);
  });

  it('opens none when none is asked for, and ends on SIGINT without leaving a listener', async () => {
    const before = process.listenerCount('SIGINT');
    const { lines, line, done } = serving({ open: false, integrations: WITH_BROWSER });
    await line('it works once');
    expect(lines[0]).toBe('Rollbook is ready.');
    process.emit('SIGINT', 'SIGINT');
    await done;
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('tells how to come through SSH', async () => {
    const { line, done } = serving({ integrations: { ...NO_DISPLAY, env: { SSH_CONNECTION: 'here there' } } });
    const port = new URL(urlIn(await line('it works once'))).port;
    expect(await line('ssh -L')).toContain(`ssh -L ${port}:127.0.0.1:${port}`);
    process.emit('SIGTERM', 'SIGTERM');
    await done;
  });
});

describe('with a window', () => {
  it('opens the redirect file, prints no token, and ends when the window is closed', async () => {
    const closed = Promise.withResolvers<null>();
    const opened = Promise.withResolvers<{ file: string; profile: string }>();
    const { lines, done, folder } = serving({
      integrations: WITH_BROWSER,
      patience: PATIENT,
      openBrowser: (browser, file, profile) => {
        expect(browser.path).toBe('/usr/bin/chromium');
        opened.resolve({ file, profile });
        return { ended: closed.promise };
      },
    });
    const { file, profile } = await opened.promise;
    expect(profile).toBe(join(folder, 'browser'));
    expect((statSync(profile).mode & 0o777).toString(8)).toBe('700');
    const { readFileSync } = await import('node:fs');
    const { place, bridge } = visit(/url=([^"]+)/u.exec(readFileSync(file, 'utf8'))?.[1] ?? '');
    await bridge.call('app.info', {});
    expect(existsSync(file)).toBe(false);
    place.sockets[0]?.terminate();
    closed.resolve(null);
    await done;
    expect(lines.join('\n')).not.toContain('token');
    expect(lines.at(-1)).toBe('Rollbook has ended.');
  });

  it('goes on with a new address when the window is closed while a changing command runs', async () => {
    const opened = Promise.withResolvers<string>();
    const { core, line, done } = serving({
      integrations: WITH_BROWSER,
      patience: PATIENT,
      openBrowser: (_browser, file) => {
        opened.resolve(file);
        return { ended: Promise.resolve(null) };
      },
    });
    core.changing = [{ incidentId: 'i', runId: 'r', shown: 'fly deploy' }];
    const { readFileSync } = await import('node:fs');
    const first = visit(/url=([^"]+)/u.exec(readFileSync(await opened.promise, 'utf8'))?.[1] ?? '');
    await first.bridge.call('app.info', {});
    first.place.sockets[0]?.terminate();
    await line('closed while a changing command runs');
    const second = visit(urlIn(await line('it works once')));
    expect(await second.bridge.call('app.info', {})).toMatchObject({ ok: true });
    core.changing = [];
    second.place.sockets[0]?.terminate();
    await done;
  });

  it('prints an address when the browser does not start', async () => {
    const { line, done } = serving({
      integrations: WITH_BROWSER,
      patience: PATIENT,
      openBrowser: () => ({ ended: Promise.resolve('it ended with code 1') }),
    });
    expect(await line('did not start')).toBe('Chromium did not start: it ended with code 1.');
    expect(await visit(urlIn(await line('it works once'))).bridge.call('app.info', {})).toMatchObject({ ok: true });
    process.emit('SIGTERM', 'SIGTERM');
    await done;
  });

  it('prints an address when no window shows up', async () => {
    const { line, done } = serving({
      integrations: WITH_BROWSER,
      patience: { showMs: 5, goneMs: 5 },
      openBrowser: () => ({ ended: new Promise(() => undefined) }),
    });
    expect(await line('has shown no window')).toContain('Chromium');
    await line('it works once');
    process.emit('SIGTERM', 'SIGTERM');
    await done;
  });
});

describe('a real program in place of the browser', () => {
  const browser = (path: string) => ({ name: 'Chromium', path, ownFolder: null });

  it('tells how it ended', async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'profile'));
    const end = (path: string): Promise<string | null> =>
      openWindow(browser(path), join(folder, 'open.html'), join(folder, 'profile')).ended;
    expect(await end('/bin/true')).toBeNull();
    expect(await end('/bin/false')).toBe('it ended with code 1');
    expect(await end(join(folder, 'missing'))).toContain('ENOENT');
    expect(pathToFileURL(join(folder, 'open.html')).href).toMatch(/^file:/u);
  });
});
