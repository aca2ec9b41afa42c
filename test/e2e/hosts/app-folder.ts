/** Rollbook in a data folder of the test's own: what a test does with it on every host. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { processEnvironment } from '../../fixtures/process-environment.ts';

/** The command line as it is shipped. */
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
  /** Starts the drill of a scenario in a process of its own, which leaves it open. */
  leaveDrill(scenario: string): void;
  writeFile(name: string, text: string): string;
  /** Writes an executable script and puts it first on the PATH. */
  addProgram(name: string, script: string): void;
  /** Writes a runbook and trusts it; answers its path. */
  trust(runbook: string): string;
  /** Called before `open`: answers whether Rollbook keeps the machine awake, by the means of this host. */
  awakeness(): () => Promise<boolean>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  end(): Promise<void>;
}

export class AppFolder {
  /** The command line that this app's processes are. */
  protected readonly cli: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'rollbook-e2e-'));
  readonly env: Record<string, string | undefined> = {
    ...processEnvironment(this.folder),
    // No test asks anybody outside this machine.
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
    // The end of its input leaves it open.
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
