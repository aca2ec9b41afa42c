/** One window: a page of Chromium, its preload, and the navigation events it sends to the main process. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { Channel } from '../channel.ts';
import type { MainCalls, PageSettings } from '../messages.ts';
import { fromBrowser, toBrowser } from '../scheme.ts';
import { setPermissions } from './permissions.ts';
import { linkPreload, type PreloadLink } from './preload-link.ts';

export interface WindowPage {
  readonly page: Page;
  readonly post: PreloadLink['post'];
  load(url: string): Promise<void>;
  reload(): Promise<void>;
  crash(): Promise<void>;
  /** Whether the frame's page has announced a navigation to this address that is not answered yet. */
  askedFor(address: string): Promise<boolean>;
}

export interface WindowParts {
  readonly id: number;
  readonly settings: PageSettings;
  readonly main: Channel<MainCalls>;
  /** Called before anything is loaded, so that a test can watch the page from its first document. */
  readonly onPage: (page: Page) => Promise<void>;
}

export async function openPage(context: BrowserContext, page: Page, parts: WindowParts): Promise<WindowPage> {
  const { id, settings, main } = parts;
  await page.setViewportSize({ width: settings.width, height: settings.height });
  await parts.onPage(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Page.enable');
  const link = await linkPreload(cdp, settings.preload ?? '', settings.preloadInSubFrames, {
    invoke: (frame, channel, args) => main.call('invoke', id, frame, channel, args),
    message: (frame, channel, args) => tell(main.call('message', id, frame, channel, args)),
  });
  tellOfNavigations(page, cdp, parts);
  const requests = watchRequests(cdp, (url) =>
    tell(main.call('navigating', id, { url, isMainFrame: true, fromPage: true })),
  );
  return {
    page,
    post: link.post,
    async load(url) {
      await setPermissions(cdp, main, settings.partition, url);
      requests.ownLoad(toBrowser(url));
      await page.goto(toBrowser(url), { waitUntil: 'load' });
    },
    crash: async () => {
      await cdp.send('Page.crash').catch(() => undefined);
    },
    reload: async () => {
      requests.ownLoad(page.url());
      await page.reload();
    },
    askedFor: requests.askedFor,
  };
}

/** Errors are ignored: the main process may have ended. */
const tell = (told: Promise<unknown>): void => void told.catch(() => undefined);

function tellOfNavigations(page: Page, cdp: CDPSession, { id, main }: WindowParts): void {
  cdp.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) tell(main.call('navigated', id, fromBrowser(frame.url)));
  });
  cdp.on('Page.navigatedWithinDocument', ({ url }) => {
    // All frames count as the main frame: the shell shows no others.
    tell(main.call('navigatedInPage', id, fromBrowser(url)));
  });
  page.on('load', () => tell(main.call('loaded', id)));
  page.on('crash', () => tell(main.call('gone', id, 'crashed')));
}

/** How long after its request an announcement may arrive, ms: they come on different channels. */
const GRACE_MS = 100;

/**
 * A navigation by the page is announced around the time of its request; one by the main process or a test is not. One
 * without a request (an unknown scheme, about:, blob:) is reported at once and cannot be delayed.
 */
function watchRequests(
  cdp: CDPSession,
  withoutRequest: (url: string) => void,
): Pick<WindowPage, 'askedFor'> & { readonly ownLoad: (address: string) => void } {
  const asked = new Set<string>();
  const own = new Set<string>();
  let announced = Promise.withResolvers<void>();
  cdp.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
    if (disposition !== 'currentTab') return;
    if (!/^https?:/.test(url)) return withoutRequest(url);
    asked.add(withoutHash(url));
    announced.resolve();
    announced = Promise.withResolvers();
  });
  return {
    ownLoad: (address) => void own.add(withoutHash(address)),
    async askedFor(address) {
      const name = withoutHash(address);
      if (own.delete(name)) return false;
      const late = setTimeout(() => announced.resolve(), GRACE_MS);
      if (!asked.has(name)) await announced.promise;
      clearTimeout(late);
      return asked.delete(name);
    },
  };
}

const withoutHash = (url: string): string => url.split('#', 1)[0] ?? '';
