/** The built Rollbook as a process of its own, serving the window from a data folder of the test's own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export class App {
  readonly folder = mkdtempSync(join(tmpdir(), 'rollbook-e2e-'));
  readonly env: Record<string, string | undefined> = {
    ...process.env,
    ROLLBOOK_HOME: join(this.folder, 'data'),
    ROLLBOOK_OPERATOR: 'ann',
  };
  #process: ChildProcess | null = null;

  /** Starts serving and answers the one-time address. */
  async serve(): Promise<string> {
    const child = spawn(process.execPath, [CLI, 'serve'], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
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

  /** Runs a command of the command line over the same data folder; answers its stdout. */
  command(...args: readonly string[]): string {
    return execFileSync(process.execPath, [CLI, ...args], { env: this.env, encoding: 'utf8', input: '' });
  }

  writeFile(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a page must never do: break the content security policy, throw, or log an error. */
async function watchForTrouble(page: Page): Promise<readonly string[]> {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`logged: ${message.text()}`);
  });
  await page.exposeFunction('noteViolation', (text: string) => trouble.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteViolation } = globalThis as unknown as { noteViolation: (text: string) => void };
      noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return trouble;
}

interface Fixtures {
  readonly app: App;
  /** Errors the test itself causes and expects, as patterns. */
  readonly expectedTrouble: RegExp[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  app: async ({}, use) => {
    const app = new App();
    await use(app);
    await app.end();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  expectedTrouble: async ({}, use) => use([]),
  page: async ({ page, expectedTrouble }, use) => {
    const trouble = await watchForTrouble(page);
    await use(page);
    expect(trouble.filter((line) => !expectedTrouble.some((pattern) => pattern.test(line)))).toEqual([]);
  },
});

export { expect };
