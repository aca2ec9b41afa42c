/** The desktop app under test: what Playwright's `_electron` and the double of Electron have in common. */
import type { Page } from '@playwright/test';
import type Electron from 'electron';

export interface Shell {
  /** Runs a function in the main process. It cannot use variables from outside. */
  evaluate<R>(work: (electron: typeof Electron) => R): Promise<Awaited<R>>;
  evaluate<R, A>(work: (electron: typeof Electron, arg: A) => R, arg: A): Promise<Awaited<R>>;
  /** The page of the main window, once it shows Rollbook. After a crash, the new page. */
  window(): Promise<Page>;
  /** Pages of all windows, oldest first. */
  pages(): readonly Page[];
  /** Its output on stdout and stderr so far. */
  output(): string;
  readonly pid: number;
  /** Resolves with the exit code; null for a signal. */
  readonly exit: Promise<number | null>;
  /** Ends it at once. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface ShellOptions {
  /** The folder for the app's user folder; the test removes it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Arguments of the app, as a person or the system gives them. */
  readonly args?: readonly string[];
  /** Called with every page, before it is loaded if the runtime allows that. */
  readonly onPage?: (page: Page) => Promise<void>;
  /** Whether the app counts as installed. Only the double can set this. */
  readonly packaged?: boolean;
  /** Another main bundle than the built one. */
  readonly bundle?: string;
}

/**
 * Closes the main window as a person does, and answers the exit code of the app. The process may end before it
 * answers the call, so errors of the call are ignored.
 */
export async function closeWindow(shell: Shell): Promise<number | null> {
  const closing = shell.evaluate(
    ({ BrowserWindow }) => void setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()),
  );
  await closing.catch(() => undefined);
  return await shell.exit;
}

/** The absolute path of the preload of the app's window, for a window of a test. */
export const preloadOf = (shell: Shell): Promise<string> =>
  shell.evaluate(({ BrowserWindow }) => {
    // An undocumented method, missing in electron.d.ts.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): { readonly preload: string };
    };
    return contents.getLastWebPreferences().preload;
  });

export type Launch = (options: ShellOptions) => Promise<Shell>;

/** What `untilShown` needs of a started app. */
export interface Windows {
  /** All pages, oldest first. */
  readonly pages: () => readonly Page[];
  /** Resolves with the next page, which may not be in `pages` yet. */
  readonly next: () => Promise<Page>;
  /** Resolves when the app has ended. */
  readonly over: Promise<unknown>;
  readonly output: () => string;
}

/** Waits for the first window that shows Rollbook. */
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
    // The wait on a crashed page fails at once. It is replaced in a moment.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** `next` waits for the next value that is passed to `tell`. */
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
