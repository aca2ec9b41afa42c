/** The script that makes the packaged app the `rollbook` command: where it goes, and what is in it. Pure. */
import { posix, win32 } from 'node:path';

export interface ShimMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Absolute path of the running app. */
  readonly execPath: string;
}

export type Shim =
  | { readonly kind: 'script'; readonly path: string; readonly text: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Every script of Rollbook has it; a file without it is somebody else's and is never written over. */
export const SHIM_MARK = 'Written by Rollbook';

export function shimOf({ platform, env, home, execPath }: ShimMachine): Shim {
  // An AppImage runs from a mount that is another one at the next start.
  const program = (platform === 'linux' && env['APPIMAGE']) || execPath;
  if (platform === 'darwin' && program.includes('/AppTranslocation/'))
    return {
      kind: 'refused',
      why: 'macOS runs this copy of Rollbook from a temporary place. Move it to Applications, and start it from there.',
    };
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local');
    // Windows has this folder on every person's PATH.
    return { kind: 'script', path: win32.join(local, 'Microsoft', 'WindowsApps', 'rollbook.cmd'), text: cmd(program) };
  }
  return { kind: 'script', path: posix.join(home, '.local', 'bin', 'rollbook'), text: sh(program, platform) };
}

/** Whether a folder of the PATH holds the script. `path`: PATH as the person's shell has it. */
export function isOnPath(shim: string, path: string, platform: NodeJS.Platform): boolean {
  const paths = platform === 'win32' ? win32 : posix;
  const same = (folder: string): string => {
    const plain = paths.normalize(folder);
    return platform === 'win32' ? plain.toLowerCase() : plain;
  };
  const folder = same(paths.dirname(shim));
  return path.split(paths.delimiter).some((entry) => same(entry).replace(/[/\\]$/, '') === folder);
}

/**
 * Chromium's own switches for Linux: a display is not needed, and where user namespaces are denied the sandbox would end
 * the program before the first line. No page is ever loaded, so there is nothing to put into a sandbox.
 */
const LINUX = ['--no-sandbox', '--disable-gpu', '--ozone-platform=headless'];

const sh = (program: string, platform: NodeJS.Platform): string => {
  const switches = [...(platform === 'linux' ? LINUX : []), '--cli', '--'].join(' ');
  const quoted = `'${program.replaceAll("'", String.raw`'\''`)}'`;
  return `#!/bin/sh\n# ${SHIM_MARK}: the menu of the app writes it again when the app has moved.\nexec ${quoted} ${switches} "$@"\n`;
};

/** cmd.exe waits for a windowed program only in a script. A percent sign in the path would name a variable. */
const cmd = (program: string): string =>
  `@echo off\r\nrem ${SHIM_MARK}: the menu of the app writes it again when the app has moved.\r\n"${program.replaceAll('%', '%%')}" --cli -- %*\r\nexit /b %ERRORLEVEL%\r\n`;
