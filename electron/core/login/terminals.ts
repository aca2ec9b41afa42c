/** The platform's terminal program, for a command that wants a person in front of it (rule 12). */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { startDetached } from '#core/runner/child-without-output.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';

type Environment = Readonly<Record<string, string>>;

/** Terminal programs of Linux desktops, the distribution's choice first, with the arguments before the command. */
const LINUX: readonly (readonly [string, readonly string[]])[] = [
  ['x-terminal-emulator', ['-e']],
  ['gnome-terminal', ['--']],
  ['konsole', ['-e']],
  ['xfce4-terminal', ['-x']],
  ['kitty', []],
  ['alacritty', ['-e']],
  ['foot', []],
  ['xterm', ['-e']],
];

/** The program's name once it was started, or null where none can be: no display, or none is installed. Never throws. */
export async function openTerminal(
  argv: readonly string[],
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const call = await callFor(argv, environment, platform);
  if (call === null) return null;
  // The terminal belongs to the person: it outlives Rollbook and is never waited for.
  const problem = await startDetached(call, environment).started;
  return problem === null ? basename(call[0] ?? '').replace(/\.exe$/i, '') : null;
}

async function callFor(
  argv: readonly string[],
  environment: Environment,
  platform: NodeJS.Platform,
): Promise<readonly string[] | null> {
  switch (platform) {
    case 'darwin':
      return ['/usr/bin/open', '-a', 'Terminal', await macScript(argv)];
    case 'win32': {
      const terminal = pathOfTool('wt', environment);
      return terminal === null ? ['cmd.exe', '/c', 'start', '""', ...argv] : [terminal, ...argv];
    }
    default: {
      if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return null;
      for (const [name, before] of LINUX) {
        const program = pathOfTool(name, environment);
        if (program !== null) return [program, ...before, ...argv];
      }
      return null;
    }
  }
}

/** Terminal.app runs a file; it takes no command. */
async function macScript(argv: readonly string[]): Promise<string> {
  const path = join(temporaryFolder('login'), 'login.command');
  await writeFile(path, `#!/bin/sh\nexec ${shellQuote(argv)}\n`, { mode: 0o700 });
  return path;
}
