/** Runs a simulated tool as a process, with the simulated cloud in the file that ROLLBOOK_SIM_CLOUD names. */
import { writeSync } from 'node:fs';
import type { Exit } from '#core/ports.ts';
import { IN_TERMINAL, Interrupted, type ToolCall } from '#core/simulator/tool-call.ts';
import { TOOLS } from '#core/simulator/tools.ts';
import { openCloudFile } from './cloud-file.ts';

export async function runTool(name: string): Promise<void> {
  const path = process.env['ROLLBOOK_SIM_CLOUD'];
  const tool = TOOLS[name];
  if (path === undefined || tool === undefined) {
    writeAll(2, `${name}: this is a simulated tool; ROLLBOOK_SIM_CLOUD must name its cloud\n`);
    process.exit(3);
  }
  const halting = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => halting.abort(new Interrupted(signal)));
  }
  const cloud = openCloudFile(path);
  const call: ToolCall = {
    args: process.argv.slice(2),
    env: process.stdin.isTTY ? { ...process.env, [IN_TERMINAL]: '1' } : process.env,
    cwd: process.cwd(),
    clock: cloud.clock,
    cloud,
    write: (stream, text) => writeAll(stream === 'stdout' ? 1 : 2, text),
    halt: halting.signal,
    killed: new AbortController().signal,
  };
  const exit = await tool(call);
  cloud.close();
  leave(exit);
}

/** Written at once and in order, also to a pipe; a reader that is slow or gone is waited for or ends us. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(file, bytes, from);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(141);
    }
  }
}

function leave(exit: Exit): void {
  if (exit.kind === 'code') process.exit(exit.code);
  if (exit.kind !== 'signal') process.exit(3);
  process.removeAllListeners(exit.signal);
  process.kill(process.pid, exit.signal);
}
