/** The desktop app as its suites see it, on whatever runtime: the part that Playwright's `_electron` and the double share. */
import type { Page } from '@playwright/test';
import type Electron from 'electron';

export interface Shell {
  /** Runs a function in the main process; nothing around it is visible there. */
  evaluate<R>(work: (electron: typeof Electron) => R): Promise<Awaited<R>>;
  evaluate<R, A>(work: (electron: typeof Electron, arg: A) => R, arg: A): Promise<Awaited<R>>;
  /** The page of the main window, once it shows Rollbook; the new one after a crash. */
  window(): Promise<Page>;
  /** Pages of all windows, oldest first. */
  pages(): readonly Page[];
  /** What it wrote to stdout and stderr so far. */
  output(): string;
  readonly pid: number;
  /** Resolves with the exit code; null for a signal. */
  readonly exit: Promise<number | null>;
  /** Ends it at once. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface ShellOptions {
  /** Holds the user's folder of the app; the test removes it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Arguments of the app, as a person or the system gives them. */
  readonly args?: readonly string[];
  /** Told of every page, before it is loaded where the runtime allows that. */
  readonly onPage?: (page: Page) => Promise<void>;
  /** As if installed; only the double can pretend that. */
  readonly packaged?: boolean;
  /** Another main bundle than the built one. */
  readonly bundle?: string;
}

/**
 * Closes the main window as a person does, and answers the exit code of the app that ends with it. Its process may be
 * gone before it has answered the call: only its end counts.
 */
export async function closeWindow(shell: Shell): Promise<number | null> {
  const closing = shell.evaluate(
    ({ BrowserWindow }) => void setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()),
  );
  await closing.catch(() => undefined);
  return await shell.exit;
}

/** The preload of the app's own window, absolute: for a window of a test. */
export const preloadOf = (shell: Shell): Promise<string> =>
  shell.evaluate(({ BrowserWindow }) => {
    // Not in electron.d.ts, and there all the same.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): { readonly preload: string };
    };
    return contents.getLastWebPreferences().preload;
  });

export type Launch = (options: ShellOptions) => Promise<Shell>;

/** The windows of a started app, for `untilShown`. */
export interface Windows {
  /** Pages of all, oldest first. */
  readonly pages: () => readonly Page[];
  /** Resolves with the next page that is made, which may not be among the others yet. */
  readonly next: () => Promise<Page>;
  /** Resolves when the app has ended. */
  readonly over: Promise<unknown>;
  readonly output: () => string;
}

/** Answers the first window that has Rollbook in it. */
export async function untilShown({ pages, next, over, output }: Windows): Promise<Page> {
  const end = over.then(() => null);
  for (;;) {
    const [first] = pages();
    const page = first === undefined || first.isClosed() ? await Promise.race([next(), end]) : first;
    const heading = page?.getByRole('banner').or(page.getByRole('heading')).first();
    const shown = heading?.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
    const found = await Promise.race([shown, end]);
    if (found === null || page === null) throw new Error(`The shell has ended.\n${output()}`);
    if (found === true && pages()[0] === page) return page;
    // A page that has crashed says so at once, and is replaced in a moment.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Hands what is told to those who wait for the next of it. */
export function nextOf<T>(): { readonly next: () => Promise<T>; readonly tell: (one: T) => void } {
  let coming = Promise.withResolvers<T>();
  return {
    next: () => coming.promise,
    tell(one) {
      coming.resolve(one);
      coming = Promise.withResolvers();
    },
  };
}
