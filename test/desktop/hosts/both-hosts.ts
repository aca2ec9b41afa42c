/** Starts the desktop app and the loopback host, and opens windows that call each core through its host's own bridge. */
import { mkdirSync } from 'node:fs';
import type { JSHandle, Page } from '@playwright/test';
import type { Bridge } from '#shared/api/bridge.ts';
import type { PushName, Pushes } from '#shared/api/pushes.ts';
import { connectLoopback } from '../../../renderer/bridge/loopback.ts';
import type { App } from '../../e2e/hosts/app-folder.ts';
import { DesktopApp } from '../../e2e/hosts/desktop.ts';
import { LoopbackApp } from '../../e2e/hosts/loopback.ts';
import { tab } from '../../fixtures/loopback-tab.ts';
import { type SmallDisk, smallDisk } from '../../fixtures/small-disk.ts';
import type { HostFixtures } from './host-fixtures.ts';
import { type Launch, preloadOf, type Shell } from './shell.ts';
import { openProbe } from '../probe-window.ts';

/** A subscription, and the pushes it has received. */
export interface Heard<N extends PushName> {
  readonly all: () => Promise<readonly Pushes[N][]>;
  /** Unsubscribes, with the function that `on` returned. */
  readonly stop: () => Promise<void>;
}

export interface HostWindow {
  readonly call: Bridge['call'];
  readonly listen: <N extends PushName>(name: N) => Promise<Heard<N>>;
}

export interface RunningHost {
  readonly app: App;
  /** The file system of its data folder; or the reason why no separate one could be mounted. */
  readonly disk: SmallDisk | string;
  /** A window with an empty page, so that only the test receives its pushes. */
  open(): Promise<HostWindow>;
  readonly end: () => Promise<void>;
}

export interface DesktopHost extends RunningHost {
  /** The app's own window. */
  readonly page: Page;
  /** The page of such a window, for `windowOf`. */
  openPage(): Promise<Page>;
}

/** Only the system's tools, so that nothing contacts another machine. */
const SYSTEM_PATH = '/usr/bin:/bin';
const DISK_MB = 48;

/** Sets the PATH and mounts the file system, before the host starts. */
function prepared(app: App): Pick<RunningHost, 'app' | 'disk' | 'end'> {
  app.env['PATH'] = SYSTEM_PATH;
  const home = String(app.env['ROLLBOOK_HOME']);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const disk = smallDisk(home, DISK_MB);
  return {
    app,
    disk,
    end: async () => {
      await app.kill();
      if (typeof disk !== 'string') disk.unmount();
      await app.end();
    },
  };
}

/** If the start fails, everything is removed and unmounted. */
async function orEnd<T>({ end }: Pick<RunningHost, 'end'>, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

export async function startDesktop(launch: Launch): Promise<DesktopHost> {
  const started = Promise.withResolvers<Shell>();
  const app = new DesktopApp(async (options) => {
    const shell = await launch(options);
    started.resolve(shell);
    return shell;
  }, []);
  const host = prepared(app);
  const page = await orEnd(host, () => app.open());
  const shell = await started.promise;
  const preloadFile = await preloadOf(shell);
  const openPage = async (): Promise<Page> =>
    (await openProbe({ shell, folder: app.folder, host: 'rollbook', preloadFile })).page;
  return { ...host, page, openPage, open: async () => await windowOf(await openPage()) };
}

interface PageListener {
  readonly heard: readonly never[];
  readonly stop: () => void;
}

/** Set by the preload. */
declare const rollbook: Bridge;

/** The desktop app connects a page to its core at the first call, so this makes one. */
export async function windowOf(page: Page): Promise<HostWindow> {
  await page.evaluate(() => rollbook.call('app.info', {}));
  return {
    call: (name, args) => page.evaluate(([name, args]) => rollbook.call(name, args as never), [name, args] as const),
    async listen(name) {
      const listener: JSHandle<PageListener> = await page.evaluateHandle((name) => {
        const heard: never[] = [];
        return { heard, stop: rollbook.on(name, (payload) => void heard.push(payload as never)) };
      }, name);
      return {
        all: () => listener.evaluate(({ heard }) => heard),
        stop: () => listener.evaluate(({ stop }) => stop()),
      };
    },
  };
}

/** `link`: a one-time address. */
function bridgeOf(link: string): Bridge {
  const page = tab(new URL(link), link);
  // Do not reconnect when the host has ended.
  page.hold = true;
  return connectLoopback(page);
}

export async function startLoopback(browserOf: HostFixtures['browserOf']): Promise<RunningHost> {
  const app = new LoopbackApp(browserOf, []);
  const host = prepared(app);
  // The first window asks for the links of the others.
  const first = bridgeOf(await orEnd(host, () => app.serve()));
  return {
    ...host,
    async open() {
      const link = await first.call('app.new-link', {});
      if (!link.ok) throw new Error(link.error.message);
      return tabWindow(bridgeOf(link.value.url));
    },
  };
}

const tabWindow = (bridge: Bridge): HostWindow => ({
  call: (name, args) => bridge.call(name, args),
  async listen<N extends PushName>(name: N) {
    const heard: Pushes[N][] = [];
    const stop = bridge.on(name, (payload) => void heard.push(payload));
    return { all: () => Promise.resolve([...heard]), stop: () => Promise.resolve(stop()) };
  },
});
