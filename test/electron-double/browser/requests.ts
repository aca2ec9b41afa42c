/** Handles the requests of a session's pages: waits for navigation events, asks the protocol handler, or lets them pass. */
import type { BrowserContext, Frame, Request, Route } from '@playwright/test';
import type { Channel } from '../channel.ts';
import type { MainCalls } from '../messages.ts';
import { fromBrowser, isMapped } from '../scheme.ts';
import type { WindowPage } from './window-page.ts';

export interface RequestParts {
  readonly partition: string;
  readonly main: Channel<MainCalls>;
  /** The window of a frame; undefined if its page is not a window. */
  readonly windowOf: (frame: Frame) => { readonly id: number; readonly shown: WindowPage } | undefined;
}

export async function routeRequests(context: BrowserContext, parts: RequestParts): Promise<void> {
  // Errors are ignored: the page or the main process has ended.
  await context.route('**/*', (route) => answer(route, parts).catch(() => undefined));
}

async function answer(route: Route, parts: RequestParts): Promise<void> {
  const request = route.request();
  const frame = frameOf(request);
  const window = frame === null ? undefined : parts.windowOf(frame);
  // The popup will be closed, and must not reach the network.
  if (frame === null || window === undefined) return route.abort('aborted');
  const { main } = parts;
  const url = fromBrowser(request.url());
  if (request.isNavigationRequest()) {
    const isMainFrame = frame.parentFrame() === null;
    const fromPage = !isMainFrame || (await window.shown.askedFor(request.url()));
    if (await main.call('navigating', window.id, { url, isMainFrame, fromPage })) return route.abort('aborted');
    if (!isMapped(request.url())) return followed(route, () => redirecting(main, window.id, isMainFrame));
  }
  if (!isMapped(request.url())) return route.continue();
  const found = await main.call('request', parts.partition, url, request.method(), request.headers());
  if (found === null) return route.abort('failed');
  return route.fulfill({ status: found.status, headers: { ...found.headers }, body: Buffer.from(found.body) });
}

const redirecting = (main: Channel<MainCalls>, window: number, isMainFrame: boolean) => (url: string) =>
  main.call('redirecting', window, { url, isMainFrame, fromPage: false });

/** Handles a navigation outside of the app's scheme, with each of its redirects. */
async function followed(route: Route, asker: () => (url: string) => Promise<boolean>): Promise<void> {
  const response = await route.fetch({ maxRedirects: 0 }).catch(() => null);
  if (response === null) return route.abort('failed');
  const to = response.headers()['location'];
  if (response.status() >= 300 && response.status() < 400 && to !== undefined) {
    const url = new URL(to, route.request().url()).href;
    if (await asker()(url)) return route.abort('aborted');
  }
  return route.fulfill({ response });
}

/** null: the page is created by this request. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}
