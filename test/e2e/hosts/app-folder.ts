/** Rollbook in a data folder of the test's own: what a test does with it on every host. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

export const CLI = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

export interface App {
  readonly folder: string;
  /** Of the Rollbook that is started next. */
  readonly env: Record<string, string | undefined>;
  /** Starts Rollbook and answers its window. After a `kill` it starts anew, maybe in another page. */
  open(): Promise<Page>;
  /** Starts it without a window and answers the one-time address. Only where there are addresses: on loopback. */
  serve(): Promise<string>;
  /** Puts the window out of sight, in front of it something else. */
  hide(): Promise<void>;
  /** Runs a command of the command line over the same data folder; answers its stdout. */
  command(...args: readonly string[]): string;
  writeFile(name: string, text: string): string;
  /** Called before `open`: answers whether Rollbook keeps the machine awake, by the means of this host. */
  awakeness(): () => Promise<boolean>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  end(): Promise<void>;
}

export class AppFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'rollbook-e2e-'));
  readonly env: Record<string, string | undefined> = {
    ...process.env,
    ROLLBOOK_HOME: join(this.folder, 'data'),
    ROLLBOOK_OPERATOR: 'ann',
    // What a killed Rollbook leaves of its own temporary folders goes with the test's.
    TMPDIR: join(this.folder, 'tmp'),
    // No test asks anybody outside this machine.
    ROLLBOOK_STATUS_FLY: 'off',
    ROLLBOOK_STATUS_SUPABASE: 'off',
  };

  constructor() {
    mkdirSync(join(this.folder, 'tmp'));
  }

  command(...args: readonly string[]): string {
    return execFileSync(process.execPath, [CLI, ...args], { env: this.env, encoding: 'utf8', input: '' });
  }

  writeFile(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  protected remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
