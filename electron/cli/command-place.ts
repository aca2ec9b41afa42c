import type { Command } from 'commander';
import type { OpenCore } from '#core/core.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What each `*-program.ts` adds its commands with. */
export interface CommandPlace {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly done: (code: ExitCode) => void;
  /** The core, opened for the work and closed after it. */
  readonly withCore: <T>(work: (core: OpenCore) => Promise<T> | T) => Promise<T>;
}
