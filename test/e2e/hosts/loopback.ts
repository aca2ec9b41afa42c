/** `rollbook serve` as a process, and a tab of Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { watchForTrouble } from '../trouble.ts';
import { type App, AppFolder, CLI } from './app-folder.ts';

/**
 * Replaces the system's program, which needs a system bus. Like that one it holds the lock until the program it was
 * given ends. It sets its own PATH, because that of the test may be empty.
 */
const FAKE_INHIBITOR = `#!/bin/sh
PATH=/usr/bin:/bin
touch 'HELD'
cat
rm -f 'HELD'
`;

const ACCELERATED_CLI = fileURLToPath(new URL('../../../dist/stories/main.js', import.meta.url));

interface FastClock {
  /** ms since the Unix epoch. */
  readonly since: number;
  readonly speed: number;
}

/** Speeds up the page's clock like that of the core; the page's timers keep real time. */
async function speedUpClock(page: Page, clock: FastClock): Promise<void> {
  await page.addInitScript(({ since, speed }) => {
    const now = Date.now.bind(Date);
    Date.now = () => since + (now() - since) * speed;
  }, clock);
}

export class LoopbackApp extends AppFolder implements App {
  readonly #fastClock: FastClock | null;
  readonly #browserOf: () => Promise<Browser>;
  readonly #trouble: string[];
  #processes: ChildProcess[] = [];
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  /** `speed`: how many times faster than real time its clock is; 1 runs the built command line unchanged. */
  constructor(browserOf: () => Promise<Browser>, trouble: string[], speed = 1) {
    super(speed === 1 ? CLI : ACCELERATED_CLI);
    this.#fastClock = speed === 1 ? null : { since: Date.now(), speed };
    if (this.#fastClock !== null) {
      this.env['ACCELERATED_SINCE'] = String(this.#fastClock.since);
      this.env['ACCELERATED_BY'] = String(speed);
    }
    this.#browserOf = browserOf;
    this.#trouble = trouble;
  }

  /** A second call starts a second Rollbook with the same data folder. */
  async serve(): Promise<string> {
    const child = spawn(process.execPath, [this.cli, 'serve'], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /works once: (\S+)/.exec(line)?.[1];
      // Later output is discarded, so that the pipe does not fill up.
      if (address !== undefined) {
        child.stdout.resume();
        return address;
      }
    }
    throw new Error('rollbook serve ended without an address');
  }

  async open(): Promise<Page> {
    const address = await this.serve();
    this.#context ??= await (await this.#browserOf()).newContext({
      viewport: { width: 1280, height: 800 },
      // A browser with a window grants it to the page in front.
      permissions: ['clipboard-write'],
    });
    if (this.#page === null) {
      this.#page = await this.#context.newPage();
      await watchForTrouble(this.#page, this.#trouble);
      if (this.#fastClock !== null) await speedUpClock(this.#page, this.#fastClock);
    }
    await this.#page.goto(address);
    return this.#page;
  }

  async hide(): Promise<void> {
    const other = await this.#context?.newPage();
    await other?.bringToFront();
  }

  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = this.#processes.splice(0).filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(
      running.map(async (child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        await gone;
      }),
    );
  }

  awakeness(): () => Promise<boolean> {
    const held = join(this.folder, 'held-awake');
    // The first is the one of Linux, the second that of macOS.
    for (const tool of ['systemd-inhibit', 'caffeinate'])
      this.addProgram(tool, FAKE_INHIBITOR.replaceAll('HELD', held));
    return () => Promise.resolve(existsSync(held));
  }

  /** Closes the tab first: it would log an error when its server ends. */
  async end(): Promise<void> {
    await this.#context?.close();
    await this.kill();
    this.remove();
  }
}
