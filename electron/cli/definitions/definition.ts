/** What each file of this folder gets to add its commands: names, arguments, options and help. commands/ carries them out. */
import type { Command } from 'commander';
import type { OpenCore } from '#core/core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import type { Ports } from '#core/ports.ts';
import type { Tell } from '../emergency-store.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

export interface CommandLine {
  readonly terminal: Terminal;
  readonly done: (code: ExitCode) => void;
  /** For the core that is opened; undefined for the system's own. */
  readonly ports: Ports | undefined;
  /** Opens the core, does the work, and closes it. */
  readonly withCore: <T>(work: (core: OpenCore) => Promise<T> | T) => Promise<T>;
  /** As `withCore`, for commands that work although the store cannot be used; `tell` prints the trouble at once and makes the exit code 4. */
  readonly withCores: <T>(work: (cores: Cores, tell: Tell) => Promise<T> | T) => Promise<T>;
}

export type AddCommands = (program: Command, line: CommandLine) => void;

/** The help text of `<id>` in every command that takes an incident. */
export const ID = 'the id of an incident or drill, as `rollbook incidents` lists it';
