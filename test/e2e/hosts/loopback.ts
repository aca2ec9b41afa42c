/** `rollbook serve` as a process of its own, and a tab of Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { watchForTrouble } from '../trouble.ts';
import { type App, AppFolder, CLI } from './app-folder.ts';

/**
 * In place of the system's program, which wants a system bus: like that one it holds from its start until the program
 * it was given has ended. Its own PATH is the test's, which may have nothing in it.
 */
const HOLDS = `#!/bin/sh
PATH=/usr/bin:/bin
touch 'HELD'
cat
rm -f 'HELD'
`;

const ACCELERATED_CLI = fileURLToPath(new URL('../../../dist/stories/main.js', import.meta.url));

interface Hurry {
  /** ms since the Unix epoch. */
  readonly since: number;
  readonly speed: number;
}

/** The page's clock goes as fast as that of its core; timers of the page stay as they are. */
async function hurryPage(page: Page, hurry: Hurry): Promise<void> {
  await page.addInitScript(({ since, speed }) => {
    const now = Date.now.bind(Date);
    Date.now = () => since + (now() - since) * speed;
  }, hurry);
}

export class LoopbackApp extends AppFolder implements App {
  readonly #hurry: Hurry | null;
  readonly #browserOf: () => Promise<Browser>;
  readonly #trouble: string[];
  #processes: ChildProcess[] = [];
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  /** `speed`: how many times as fast as the system's its time is; 1 is the product as it is shipped. */
  constructor(browserOf: () => Promise<Browser>, trouble: string[], speed = 1) {
    super(speed === 1 ? CLI : ACCELERATED_CLI);
    this.#hurry = speed === 1 ? null : { since: Date.now(), speed };
    if (this.#hurry !== null) {
      this.env['ACCELERATED_SINCE'] = String(this.#hurry.since);
      this.env['ACCELERATED_BY'] = String(speed);
    }
    this.#browserOf = browserOf;
    this.#trouble = trouble;
  }

  /** Called again it is a second Rollbook over the same data folder. */
  async serve(): Promise<string> {
    const child = spawn(process.execPath, [this.cli, 'serve'], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /works once: (\S+)/.exec(line)?.[1];
      // What it says later is not read, but must not fill the pipe.
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
      // A browser with a window gives it to the page that is in front.
      permissions: ['clipboard-write'],
    });
    if (this.#page === null) {
      this.#page = await this.#context.newPage();
      await watchForTrouble(this.#page, this.#trouble);
      if (this.#hurry !== null) await hurryPage(this.#page, this.#hurry);
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
    for (const tool of ['systemd-inhibit', 'caffeinate']) this.addProgram(tool, HOLDS.replaceAll('HELD', held));
    return () => Promise.resolve(existsSync(held));
  }

  /** The tab goes first: it would log the loss of its server. */
  async end(): Promise<void> {
    await this.#context?.close();
    await this.kill();
    this.remove();
  }
}
