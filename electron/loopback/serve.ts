/** `rollbook serve`: the loopback host from start to Ctrl-C, and the window in a browser where there can be one. */
import { assetPath } from '#core/assets.ts';
import type { Core } from '#core/connection.ts';
import { displayProblem, findBrowser, type Integrations, thisMachine } from './find-browser.ts';
import { showWindow, type ShowParts } from './show-window.ts';
import { startLoopback, WindowCount } from './start.ts';

export interface ServeOptions extends Pick<ShowParts, 'openBrowser' | 'patience'> {
  /** Open a browser window if this machine can show one. */
  readonly open: boolean;
  /** 0 takes a free port. */
  readonly port: number;
  /** Prints a line for the person. Addresses with a one-time token are printed only through this. */
  readonly print: (line: string) => void;
  /** The built window; dist/window of this installation by default. */
  readonly windowFolder?: string;
  readonly integrations?: Integrations;
}

/**
 * Serves until SIGINT or SIGTERM, or until the person closes the window it opened while no changing command runs.
 * The core stays open: who opened it closes it. Codes: those of `startLoopback`.
 */
export async function serve(core: Core, options: ServeOptions): Promise<void> {
  const { print } = options;
  const where = options.integrations ?? thisMachine();
  const problem = displayProblem(where);
  const browser = options.open && problem === null ? findBrowser(where) : null;
  const asked = untilSignal();
  const over = new AbortController();
  const windows = new WindowCount();
  try {
    const host = await startLoopback({
      core,
      windowFolder: options.windowFolder ?? assetPath('dist/window'),
      port: options.port,
      onWindows: (count) => windows.changed(count),
      ...(browser?.ownFolder == null ? {} : { linkParent: browser.ownFolder }),
    });
    const printAddress = (why: string, url: string): void => {
      for (const line of addressLines(why, url, host.origin, where)) print(line);
    };
    try {
      if (browser === null) {
        const why = problem ?? 'no Chromium, Chrome or Edge was found';
        printAddress(options.open ? `No browser was opened: ${why}.` : 'Rollbook is ready.', host.url);
        await asked.signal;
      } else {
        print(`Rollbook opens in ${browser.name} (${browser.path}), served at ${host.origin}. Ctrl-C ends it.`);
        const { openBrowser, patience } = options;
        const optional = { ...(openBrowser && { openBrowser }), ...(patience && { patience }) };
        const shown = showWindow({ core, host, browser, windows, printAddress, over: over.signal, ...optional });
        await Promise.race([asked.signal, shown]);
      }
    } finally {
      over.abort();
      await host.close();
    }
  } finally {
    asked.stop();
  }
  const running = core.running().length;
  if (running > 0) print(`Changing commands that go on by themselves: ${running}. The next start finds their results.`);
  print('Rollbook has ended.');
}

function addressLines(why: string, url: string, origin: string, where: Integrations): readonly string[] {
  const port = new URL(origin).port;
  return [
    why,
    `Open this address in a browser on this machine; it works once: ${url}`,
    ...(where.env['SSH_CONNECTION']
      ? [`Over SSH, forward the same port first: ssh -L ${port}:127.0.0.1:${port} and the name of this machine.`]
      : []),
    'Rollbook serves until Ctrl-C.',
  ];
}

/**
 * The first SIGINT or SIGTERM, or the end of the script that started us (build/setup/run-to-end.mjs), however it ended.
 * A second signal has its usual effect, so that nobody is ever locked in.
 */
export function untilSignal(): { readonly signal: Promise<void>; readonly stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => {
    process.off('SIGINT', heard);
    process.off('SIGTERM', heard);
    process.off('disconnect', heard);
  };
  const heard = (): void => {
    stop();
    resolve();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  // Undefined: started without an IPC channel. False: the parent ended before we listened.
  const tied = process.connected as boolean | undefined;
  if (tied === true) process.on('disconnect', heard);
  else if (tied === false) heard();
  return { signal: promise, stop };
}
