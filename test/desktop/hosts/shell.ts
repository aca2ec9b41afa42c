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

/** Answers the first window that has Rollbook in it. */
export async function untilShown(
  pages: () => readonly Page[],
  over: Promise<unknown>,
  output: () => string,
): Promise<Page> {
  let ended = false;
  const end = over.then(() => void (ended = true));
  for (;;) {
    const page = pages()[0];
    if (page !== undefined && !page.isClosed()) {
      const heading = page.getByRole('banner').or(page.getByRole('heading')).first();
      const shown = heading.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      );
      if ((await Promise.race([shown, end.then(() => false)])) && pages()[0] === page) return page;
    }
    if (ended) throw new Error(`The shell has ended.\n${output()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
