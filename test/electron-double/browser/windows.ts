/** All windows of one app: a browser context for each session, a page for each window. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Channel } from '../channel.ts';
import type { BrowserCalls, MainCalls } from '../messages.ts';
import { fromBrowser } from '../scheme.ts';
import { routeRequests } from './requests.ts';
import { openPage, type WindowPage } from './window-page.ts';

export interface Windows {
  readonly calls: BrowserCalls;
  /** Pages of windows, oldest first. */
  readonly pages: () => readonly Page[];
  close(): Promise<void>;
}

export interface WindowsParts {
  readonly browser: Browser;
  readonly options: BrowserContextOptions;
  readonly main: () => Channel<MainCalls>;
  readonly onPage: (page: Page) => Promise<void>;
}

interface Shown {
  readonly context: BrowserContext;
  readonly parts: Parameters<typeof openPage>[2];
  now: WindowPage;
}

export function windowsOf({ browser, options, main, onPage }: WindowsParts): Windows {
  const contexts = new Map<string, Promise<BrowserContext>>();
  const shown = new Map<number, Shown>();
  const ours = new WeakSet<Page>();
  let making = 0;

  const pageShown = (page: Page): { readonly id: number; readonly shown: WindowPage } | undefined => {
    for (const [id, { now }] of shown) if (now.page === page) return { id, shown: now };
    return undefined;
  };
  const windowAt = (id: number): Shown => {
    const window = shown.get(id);
    if (window === undefined) throw new Error(`Window ${id} has no page.`);
    return window;
  };

  const makeContext = async (partition: string): Promise<BrowserContext> => {
    const context = await browser.newContext(options);
    await routeRequests(context, { partition, main: main(), windowOf: (frame) => pageShown(frame.page()) });
    // A page that no window opened is a popup. The shell's handler was asked, and refuses all popups.
    context.on('page', (page) => {
      if (making === 0 && !ours.has(page)) void page.close().catch(() => undefined);
    });
    return context;
  };
  const contextOf = (partition: string): Promise<BrowserContext> => {
    const context = contexts.get(partition) ?? makeContext(partition);
    contexts.set(partition, context);
    return context;
  };

  const newPage = async (context: BrowserContext, parts: Shown['parts']): Promise<WindowPage> => {
    making += 1;
    const page = await context.newPage().finally(() => (making -= 1));
    ours.add(page);
    const opened = await openPage(context, page, parts);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Page.enable');
    cdp.on('Page.windowOpen', ({ url, windowName }) => {
      main()
        .call('opening', parts.id, fromBrowser(url), windowName)
        .catch(() => undefined);
    });
    return opened;
  };

  const calls: BrowserCalls = {
    async open(id, settings) {
      const context = await contextOf(settings.partition);
      const parts = { id, settings, main: main(), onPage };
      shown.set(id, { context, parts, now: await newPage(context, parts) });
    },
    load: (id, url) => windowAt(id).now.load(url),
    async reload(id) {
      const window = windowAt(id);
      const before = window.now.page;
      const url = fromBrowser(before.url());
      // Playwright cannot use a page after a crash, so the window gets a new one.
      if (!(await isAlive(window.now))) {
        window.now = await newPage(window.context, window.parts);
        await before.close().catch(() => undefined);
        await window.now.load(url);
      } else await window.now.reload();
    },
    async close(id) {
      const { now } = windowAt(id);
      shown.delete(id);
      await now.page.close();
    },
    post: (id, channel, args) => windowAt(id).now.post(channel, args),
    run: (id, code) => windowAt(id).now.page.evaluate(code),
    bringToFront: (id) => windowAt(id).now.page.bringToFront(),
    crash: (id) => windowAt(id).now.crash(),
  };

  return {
    calls,
    pages: () => [...shown.values()].map(({ now }) => now.page),
    async close() {
      const all = await Promise.all(contexts.values());
      await Promise.all(all.map((context) => context.close()));
    },
  };
}

const isAlive = (window: WindowPage): Promise<boolean> => window.page.evaluate(() => true).catch(() => false);
