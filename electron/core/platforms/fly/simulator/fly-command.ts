import type { ToolCall } from '#core/simulator/tool-call.ts';
import type { Flag, ParsedFlags } from './flags.ts';

export interface FlyCall extends ToolCall {
  readonly flags: ParsedFlags;
}

export interface FlyCommand {
  /** Words after `fly`. */
  readonly name: string;
  readonly short: string;
  /** Without the global flags. */
  readonly flags: readonly Flag[];
  readonly maxWords: number;
  /** `app` needs a login and the name of an app. */
  readonly needs: 'nothing' | 'login' | 'app';
  /** Resolves with the exit code. `app` is empty unless needed. @throws FlyError, Interrupted, Killed. */
  run(call: FlyCall, app: string): Promise<number>;
}

/** An error that flyctl prints as `Error: ...` and ends with exit code 1. */
export class FlyError extends Error {
  override readonly name = 'FlyError';
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}

/** Prints an error the way internal/cli/cli.go does, without colours, and gives the exit code. */
export function fail(call: ToolCall, message: string, suggestion?: string): number {
  call.write('stderr', `Error: ${message}\n${suggestion === undefined ? '' : `\n${suggestion}\n`}`);
  return 1;
}
