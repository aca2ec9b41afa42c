/** The process around `rollbook`: its streams and its exit code. */
import { openDoor } from '#core/redaction-door.ts';
import type { Ports } from '#core/ports.ts';
import { secretsOf } from '#shared/redaction/secret-names.ts';
import { systemPorts } from '#core/system-ports.ts';
import { mindLostOutput } from './lost-output.ts';
import { lineInPlace, plainProgress } from './progress.ts';
import { rollbook } from './program.ts';
import { writerTo } from './terminal.ts';

/** Carries out the command line of this process. `ports`: the system's own by default. */
export async function runProcess(ports?: Ports): Promise<void> {
  mindLostOutput(process.argv[2], process.stdout, process.stderr, (code) => process.exit(code));
  // Text is printed before there is a core, and when none can be opened.
  const door = openDoor(secretsOf(process.env));
  const { timers } = ports ?? systemPorts();
  const line = process.stdout.isTTY && process.stdin.isTTY ? lineInPlace(process.stdout, timers, door.text) : null;
  const around = line?.around ?? ((write: (text: string) => void) => write);
  const out = around(writerTo(process.stdout, door.text));
  const terminal = {
    out,
    err: around(writerTo(process.stderr, door.text)),
    exact: around(writerTo(process.stdout, (text) => text)),
    progress: line?.progress ?? plainProgress(timers, out),
    door,
    input: process.stdin,
    cwd: process.cwd(),
    interactive: process.stdin.isTTY,
  };
  process.exitCode = await rollbook(process.argv.slice(2), terminal, ports);
  // An open stdin must not keep a finished command alive.
  process.stdin.unref?.();
}
