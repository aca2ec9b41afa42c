/** Rollbook with its own data folder, and what a test can do with it on every host. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { processEnvironment } from '../../fixtures/process-environment.ts';

/** The built command line. */
export const CLI = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

export interface App {
  readonly folder: string;
  /** The environment of the next start. */
  readonly env: Record<string, string | undefined>;
  /** Starts Rollbook and answers the page of its window. After a `kill` it starts again, maybe in another page. */
  open(): Promise<Page>;
  /** Starts it without a window and answers the one-time address. Only on loopback. */
  serve(): Promise<string>;
  /** Hides the window. */
  hide(): Promise<void>;
  /** Runs a `rollbook` command with the same data folder; answers its stdout. */
  command(...args: readonly string[]): string;
  /** Starts a drill in another process, which ends and leaves it open. */
  leaveDrill(scenario: string): void;
  writeFile(name: string, text: string): string;
  /** Writes an executable script and puts it first on the PATH. */
  addProgram(name: string, script: string): void;
  /** Writes a runbook and trusts it; answers its path. */
  trust(runbook: string): string;
  /** To be called before `open`. The function it answers tells whether Rollbook keeps the machine awake. */
  awakeness(): () => Promise<boolean>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  end(): Promise<void>;
}

export class AppFolder {
  /** The command line that this app runs. */
  protected readonly cli: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'rollbook-e2e-'));
  readonly env: Record<string, string | undefined> = {
    ...processEnvironment(this.folder),
    // Tests contact no other machine.
    ROLLBOOK_STATUS_FLY: 'off',
    ROLLBOOK_STATUS_SUPABASE: 'off',
  };

  constructor(cli: string = CLI) {
    this.cli = cli;
  }

  command(...args: readonly string[]): string {
    return execFileSync(process.execPath, [this.cli, ...args], { env: this.env, encoding: 'utf8', input: '' });
  }

  leaveDrill(scenario: string): void {
    // At the end of the input the command ends and leaves the drill open.
    spawnSync(process.execPath, [this.cli, 'drill', '--scenario', scenario], { env: this.env, input: '' });
  }

  writeFile(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  addProgram(name: string, script: string): void {
    const folder = join(this.folder, 'programs');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), script, { mode: 0o755 });
    const path = this.env['PATH'] ?? '';
    if (!path.startsWith(folder)) this.env['PATH'] = `${folder}${delimiter}${path}`;
  }

  trust(runbook: string): string {
    const path = this.writeFile('live.md', runbook);
    this.command('trust', path);
    return path;
  }

  protected remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
