/** Opens the redirect file in a browser window without tabs and address bar. */
import { pathToFileURL } from 'node:url';
import { startDetached } from '#core/runner/child-without-output.ts';
import type { Browser } from './find-browser.ts';

export interface OpenedWindow {
  /**
   * Resolves when the program that was started ends: with null after a normal end (the person closed the window, or a
   * browser that was open already took it over), else with the reason as a clause. Never rejects.
   */
  readonly ended: Promise<string | null>;
}

/**
 * The command line of the browser. The link itself is not in it: every user of the machine can read command lines.
 * `profile` is a folder of Rollbook's own, so that no extension of the person's browser sees the window.
 */
export function browserArguments(openFile: string, profile: string, asRoot: boolean): readonly string[] {
  return [
    `--app=${pathToFileURL(openFile).href}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-mode',
    '--window-size=1280,800',
    // Chromium refuses to start as root with its sandbox. The window shows nothing but this program's own page.
    ...(asRoot ? ['--no-sandbox'] : []),
  ];
}

export function openWindow(browser: Browser, openFile: string, profile: string): OpenedWindow {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  // A group of its own: Ctrl-C in the terminal is for Rollbook, which then tells the window.
  return startDetached([browser.path, ...browserArguments(openFile, profile, asRoot)]);
}
