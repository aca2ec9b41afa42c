/** The messages between the two processes of the double. `window` is the id of a web contents. */

export interface PageSettings {
  /** Name of the session; '' is the default one. Windows of one session share a browser context. */
  readonly partition: string;
  /** Source of the bundled preload, or null. */
  readonly preload: string | null;
  readonly preloadInSubFrames: boolean;
  readonly width: number;
  readonly height: number;
}

/** The sender, as seen by its isolated world, which the page cannot reach. */
export interface FrameTold {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** Origin of the frame above, '' for a main frame. */
  readonly parentOrigin: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** The page asked for it, not the main process. */
  readonly fromPage: boolean;
}

/** Calls from the main process to Chromium. */
export interface BrowserCalls {
  open(window: number, settings: PageSettings): Promise<void>;
  load(window: number, url: string): Promise<void>;
  reload(window: number): Promise<void>;
  close(window: number): Promise<void>;
  /** ipc to the page's preload. */
  post(window: number, channel: string, args: readonly unknown[]): Promise<void>;
  /** In the page's own world. */
  run(window: number, code: string): Promise<unknown>;
  bringToFront(window: number): Promise<void>;
  crash(window: number): Promise<void>;
}

/** Calls from Chromium to the main process. */
export interface MainCalls {
  invoke(window: number, frame: FrameTold, channel: string, args: readonly unknown[]): Promise<Outcome>;
  message(window: number, frame: FrameTold, channel: string, args: readonly unknown[]): void;
  /** Whether it was prevented. */
  navigating(window: number, navigation: Navigation): boolean;
  redirecting(window: number, navigation: Navigation): boolean;
  navigated(window: number, url: string): void;
  navigatedInPage(window: number, url: string): void;
  loaded(window: number): void;
  gone(window: number, reason: string): void;
  /** Whether the window may be made. */
  opening(window: number, url: string, frameName: string): boolean;
  /** null: the scheme has no handler. */
  request(
    partition: string,
    url: string,
    method: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer | null>;
  /** Names of permissions with the answer the session gives to a page of this URL. */
  permissions(partition: string, url: string, names: readonly string[]): Promise<readonly boolean[]>;
  /** Runs a function's text with the electron module and an argument; for tests. */
  evaluate(source: string, arg: unknown): Promise<unknown>;
}
