/** Starts the built desktop app on the double: its main bundle in a process, its windows in Chromium. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type Electron from 'electron';
import { openChannel, type Channel } from './channel.ts';
import type { BrowserCalls, MainCalls } from './messages.ts';
import { windowsOf } from './browser/windows.ts';

const START = fileURLToPath(new URL('main/start.ts', import.meta.url));

export interface DoubleOptions {
  readonly browser: Browser;
  /** Absolute path of the built main bundle. */
  readonly bundle: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly contextOptions?: BrowserContextOptions;
  readonly onPage?: (page: Page) => Promise<void>;
  readonly packaged?: boolean;
}

/** The part of Playwright's ElectronApplication that the suites use. */
export interface DoubleApp {
  evaluate<R, A>(work: (electron: typeof Electron, arg: A) => R, arg: A): Promise<Awaited<R>>;
  readonly windows: () => readonly Page[];
  process(): ChildProcess;
  /** Everything it wrote to stdout and stderr so far. */
  readonly output: () => string;
  /** Ends it at once and closes its pages. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export function launchDouble(options: DoubleOptions): DoubleApp {
  const { browser, bundle, args, env, contextOptions = {}, onPage = () => Promise.resolve(), packaged } = options;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', START, bundle, ...args], {
    env: { ...env, ELECTRON_DOUBLE_PACKAGED: packaged === true ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const windows = windowsOf({ browser, options: contextOptions, main: () => channel, onPage });
  const channel: Channel<MainCalls> = openChannel<BrowserCalls, MainCalls>(
    {
      // The end of the process is reported by its `close` event.
      send: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
    },
    windows.calls,
  );
  const close = async (): Promise<void> => {
    await gone;
    channel.end();
    await windows.close();
  };
  const closed = close();

  return {
    evaluate: (work, arg) => channel.call('evaluate', String(work), arg) as never,
    windows: windows.pages,
    process: () => child,
    output: () => output,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await closed;
    },
  };
}
