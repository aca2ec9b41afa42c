/** The desktop and the loopback host side by side: a window of either is its host's own bridge to a core of its own. */
import { mkdirSync } from 'node:fs';
import type { JSHandle, Page } from '@playwright/test';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { PushName, Pushes } from '#shared/contract/pushes.ts';
import { connectLoopback } from '../../../renderer/bridge/loopback.ts';
import type { App } from '../../e2e/hosts/app-folder.ts';
import { DesktopApp } from '../../e2e/hosts/desktop.ts';
import { LoopbackApp } from '../../e2e/hosts/loopback.ts';
import { tab } from '../../fixtures/loopback-tab.ts';
import { type SmallDisk, smallDisk } from '../../fixtures/small-disk.ts';
import type { HostFixtures } from '../hosts/host-fixtures.ts';
import { type Launch, preloadOf, type Shell } from '../hosts/shell.ts';
import { openProbe } from '../probe-window.ts';

/** A subscription, and what it was told so far. */
export interface Heard<N extends PushName> {
  readonly all: () => Promise<readonly Pushes[N][]>;
  /** Ends it by the function that `on` answered. */
  readonly stop: () => Promise<void>;
}

export interface HostWindow {
  readonly call: Bridge['call'];
  readonly listen: <N extends PushName>(name: N) => Promise<Heard<N>>;
}

export interface RunningHost {
  readonly app: App;
  /** What its data folder lies on; or why that is not a disk of its own. */
  readonly disk: SmallDisk | string;
  /** A window without Rollbook's own page: what it is told is taken by the test alone. */
  open(): Promise<HostWindow>;
  readonly end: () => Promise<void>;
}

export interface DesktopHost extends RunningHost {
  /** The app's own window. */
  readonly page: Page;
  /** The page of what `open` answers; `windowOf` speaks with it. */
  openPage(): Promise<Page>;
}

/** No tool but the system's own: nobody outside this machine is asked. */
const SYSTEM_PATH = '/usr/bin:/bin';
const DISK_MB = 48;

/** Before it is started. */
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

/** A start that fails leaves nothing behind, the disk least of all. */
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

/** What the preload put into the page. */
declare const rollbook: Bridge;

/** The shell connects a page to the core with its first call, the loopback host with its greeting: here it is made. */
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
  const place = tab(new URL(link), link);
  // A host that has ended is not looked for again.
  place.hold = true;
  return connectLoopback(place);
}

export async function startLoopback(browserOf: HostFixtures['browserOf']): Promise<RunningHost> {
  const app = new LoopbackApp(browserOf, []);
  const host = prepared(app);
  // The first link is for the window that asks for the others.
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
