/** What a subcommand is added with; each file beside this one adds those of one field. */
import type { Command } from 'commander';
import type { OpenCore } from '#core/core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import type { Ports } from '#core/ports.ts';
import type { Tell } from '../apart.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

export interface CommandLine {
  readonly terminal: Terminal;
  readonly done: (code: ExitCode) => void;
  /** Of the core that is opened; the system's own when left out. */
  readonly ports: Ports | undefined;
  /** Opens the core for one command line, and closes it behind it. */
  readonly withCore: <T>(work: (core: OpenCore) => Promise<T> | T) => Promise<T>;
  /** For what goes on when the store cannot be used; `tell` says trouble at once, and makes the exit code 4. */
  readonly withCores: <T>(work: (cores: Cores, tell: Tell) => Promise<T> | T) => Promise<T>;
}

export type AddSubcommands = (program: Command, line: CommandLine) => void;

/** What `<id>` is, wherever an incident is named. */
export const ID = 'the id of an incident or drill, as `rollbook incidents` lists it';
